package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"mitan/flows/fraud"
)

// maxInput is how many bytes of standard input `mitan check` takes in.
const maxInput = 64 << 20

// checkCmd is `mitan check`. It judges by a message's words alone: it follows no
// link and knows no reports.
type checkCmd struct {
	JSON bool `name:"json" help:"Print each judgement as a JSON object."`
}

// Run prints a line a message: the verdict, the kind and the reasons.
func (cmd *checkCmd) Run() error {
	data, err := io.ReadAll(io.LimitReader(os.Stdin, maxInput+1))
	if err != nil {
		return fmt.Errorf("read the message: %w", err)
	}
	if len(data) > maxInput {
		return fmt.Errorf("more than %d MB on standard input: check fewer messages at once", maxInput>>20)
	}
	messages, err := messagesOf(string(data))
	if err != nil {
		return err
	}
	w := bufio.NewWriter(os.Stdout)
	for _, text := range messages {
		if err := cmd.print(w, fraud.Check(text, nil)); err != nil {
			return err
		}
	}
	return w.Flush()
}

// errNoMessage says what is missing.
var errNoMessage = errors.New(`there is no message: give one on standard input, such as  echo "your parcel is held" | mitan check`)

// messagesOf returns the messages of an input: the whole of it, or the column
// "text" of a table whose first line names its columns, parted by tabs.
func messagesOf(input string) ([]string, error) {
	input = strings.TrimPrefix(input, "\uFEFF")
	head, rows, _ := strings.Cut(input, "\n")
	columns := strings.Split(strings.TrimRight(head, "\r"), "\t")
	column := slices.Index(columns, "text")
	if column < 0 {
		if strings.TrimSpace(input) == "" {
			return nil, errNoMessage
		}
		return []string{input}, nil
	}
	var messages []string
	for row := range strings.Lines(rows) {
		cells := strings.Split(strings.TrimRight(row, "\r\n"), "\t")
		text := ""
		if column < len(cells) {
			text = strings.ReplaceAll(cells[column], `\n`, "\n")
		}
		messages = append(messages, text)
	}
	if len(messages) == 0 {
		return nil, errors.New(`the table has no messages: only its first line is there`)
	}
	return messages, nil
}

// judgementJSON is a line of --json.
type judgementJSON struct {
	Verdict fraud.Verdict `json:"verdict"`
	Kind    string        `json:"kind"`
	Reasons []string      `json:"reasons"`
}

func (cmd *checkCmd) print(w io.Writer, j fraud.Judgement) error {
	reasons := make([]string, 0, len(j.Reasons))
	for _, r := range j.Reasons {
		reason := r.Key
		if r.Seen != "" {
			reason += ": " + r.Seen
		}
		reasons = append(reasons, reason)
	}
	if !cmd.JSON {
		_, err := fmt.Fprintf(w, "%s\t%s\t%s\n", j.Verdict, j.Kind, strings.Join(reasons, "; "))
		return err
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	return out.Encode(judgementJSON{j.Verdict, j.Kind, reasons})
}
