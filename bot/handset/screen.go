package handset

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"mitan/bot"
)

// maxLine is the longest line of the terminal, in bytes: as much text as the
// bot keeps, each byte perhaps written as an escape, and its directive.
const maxLine = 2*bot.MaxText + 1024

// clearLine takes the prompt away on a terminal.
const clearLine = "\r\x1b[K"

var errLongLine = fmt.Errorf("a line has %d bytes at most", maxLine)

// show prints a message that has arrived.
func (c *chat) show(m bot.Message) {
	c.screen.Lock()
	defer c.screen.Unlock()
	first := "< "
	if m.Address != c.as {
		first = "<" + m.Address + " "
	}
	text := first + strings.ReplaceAll(m.Text, "\n", "\n  ") + "\n"
	if c.o.Interactive {
		text = clearLine + text + prompt
	}
	if _, err := io.WriteString(c.o.Out, text); err != nil && c.printErr == nil {
		c.printErr = fmt.Errorf("print a reply: %w", err)
	}
}

const prompt = "> "

func (c *chat) prompt() {
	if !c.o.Interactive {
		return
	}
	c.screen.Lock()
	defer c.screen.Unlock()
	_, _ = io.WriteString(c.o.Out, clearLine+prompt)
}

// printed is what went wrong with printing, if anything did.
func (c *chat) printed() error {
	c.screen.Lock()
	defer c.screen.Unlock()
	return c.printErr
}

// lines reads in the background, so that a talk can end while nobody types.
type lines struct {
	next chan string
	err  chan error
}

// readLines starts to read; it reads one line ahead.
func readLines(ctx context.Context, in io.Reader) lines {
	l := lines{next: make(chan string), err: make(chan error, 1)}
	go func() {
		r := bufio.NewReaderSize(in, 64<<10)
		for {
			s, err := readLine(r)
			if err != nil {
				l.err <- err
				return
			}
			select {
			case l.next <- s:
			case <-ctx.Done():
				return
			}
		}
	}()
	return l
}

// wait gives the next line; io.EOF after the last.
func (l lines) wait(ctx context.Context) (string, error) {
	select {
	case s := <-l.next:
		return s, nil
	case err := <-l.err:
		return "", err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// readLine reads to the next line break and takes it off. The last line needs
// none.
func readLine(r *bufio.Reader) (string, error) {
	var s []byte
	for {
		part, err := r.ReadSlice('\n')
		s = append(s, part...)
		switch {
		case len(s) > maxLine:
			return "", errLongLine
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(s) > 0, err == nil:
			return strings.TrimSuffix(strings.TrimSuffix(string(s), "\n"), "\r"), nil
		default:
			return "", err
		}
	}
}
