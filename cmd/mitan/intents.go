package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	talking "mitan/bot/talk" // a test of this package has a function of its name
)

// intentsCmd is `mitan intents`.
type intentsCmd struct {
	State string `default:"any" enum:"any,menu,yesno,amount,phone,when,story" help:"What is being asked: any (nothing), menu, yesno, amount, phone, when or story."`
	Now   string `placeholder:"RFC3339" help:"The time of the messages, such as 2026-11-22T10:00:00+05:30."`
}

// Run reads messages and prints, a line each, what the talk reads them as and
// the value of an answer.
func (cmd *intentsCmd) Run(c *cli) error {
	now := time.Now()
	if cmd.Now != "" {
		var err error
		if now, err = time.Parse(time.RFC3339, cmd.Now); err != nil {
			return fmt.Errorf("--now %q: write a time such as 2026-11-22T10:00:00+05:30", cmd.Now)
		}
	}
	catalog, err := loadCatalog(c)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	err = eachUtterance(os.Stdin, talking.Asked(cmd.State), func(asked talking.Asked, text string) error {
		r := talking.Read(catalog, asked, text, now)
		_, err := fmt.Fprintf(out, "%s\t%s\n", r.Intent, r.Value)
		return err
	})
	return errors.Join(err, out.Flush())
}

// eachUtterance calls f for each line of text; or, where the first line is a
// header, for each row of tab-separated values. A row's own state wins over asked.
func eachUtterance(in io.Reader, asked talking.Asked, f func(asked talking.Asked, text string) error) error {
	lines := bufio.NewReader(in)
	var columns []string
	for n := 1; ; n++ {
		line, err := lines.ReadString('\n')
		if err == io.EOF && line == "" {
			return nil
		} else if err != nil && err != io.EOF {
			return fmt.Errorf("read line %d: %w", n, err)
		}
		line = strings.TrimRight(line, "\r\n")
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
			if columns, err = header(line); err != nil {
				return err
			} else if columns != nil {
				continue
			}
		}
		text, state := line, asked
		if columns != nil {
			if text, state, err = row(columns, line, asked); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
		}
		if err := f(state, text); err != nil {
			return err
		}
	}
}

// header returns the columns that a first line names; nil if it is a text.
func header(line string) ([]string, error) {
	columns := strings.Split(line, "\t")
	for i := range columns {
		columns[i] = strings.ToLower(strings.TrimSpace(columns[i]))
	}
	switch {
	case slices.Contains(columns, "text"):
		return columns, nil
	case len(columns) > 1:
		return nil, errors.New(`the header has no column "text"; write text, and state beside it if you like, parted by a tab`)
	}
	return nil, nil
}

// row returns the text and state of a row; a line without tabs is short of
// columns and asks for nothing.
func row(columns []string, line string, asked talking.Asked) (string, talking.Asked, error) {
	values := map[string]string{}
	for i, value := range strings.Split(line, "\t") {
		if i < len(columns) {
			values[columns[i]] = value
		}
	}
	if state := talking.Asked(strings.TrimSpace(values["state"])); state != "" {
		if !slices.Contains(talking.AllAsked(), state) {
			return "", "", fmt.Errorf("state %q: write one of %v", state, talking.AllAsked())
		}
		asked = state
	}
	return strings.ReplaceAll(values["text"], `\n`, "\n"), asked, nil
}
