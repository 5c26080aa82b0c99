package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

const (
	program   = "tesseract"
	languages = "eng+hin" // in this order it mistakes the fewest digits
	niceness  = 15        // the turns come first
	maxOutput = 1 << 20   // bytes of what tesseract says
	killDelay = 2 * time.Second
)

// ErrMissing says that this machine cannot read pictures.
var ErrMissing = errors.New("tesseract with Hindi and English is not installed (Debian: tesseract-ocr tesseract-ocr-hin)")

// Tesseract is a [bot.Reader]. It may be used from many goroutines, each
// reading with a process of its own.
type Tesseract struct {
	path string
	// Version is what the program calls itself, such as "tesseract 5.3.0".
	Version string
}

// Find finds tesseract with its languages on this machine; else ErrMissing.
func Find(ctx context.Context) (*Tesseract, error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return nil, ErrMissing
	}
	list, err := exec.CommandContext(ctx, path, "--list-langs").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("ask %s for its languages: %w", program, err)
	}
	have := strings.Fields(string(list))
	for _, lang := range strings.Split(languages, "+") {
		if !contains(have, lang) {
			return nil, ErrMissing
		}
	}
	version, err := exec.CommandContext(ctx, path, "--version").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("ask %s for its version: %w", program, err)
	}
	first, _, _ := strings.Cut(string(version), "\n")
	return &Tesseract{path: path, Version: strings.TrimSpace(first)}, nil
}

func contains(list []string, want string) bool {
	for _, item := range list {
		if item == want {
			return true
		}
	}
	return false
}

// Read returns the words in a picture (JPEG, PNG or WebP), a line each; "" if
// there are none that can be read. It ends when ctx does.
func (t *Tesseract) Read(ctx context.Context, picture io.Reader) (string, error) {
	grey, err := unpack(picture)
	if err != nil {
		return "", err
	}
	table, err := t.run(ctx, grey)
	if err != nil {
		return "", err
	}
	return wordsOf(table), nil
}

// run gives a grey picture to tesseract and returns its table of words.
func (t *Tesseract) run(ctx context.Context, grey []byte) (string, error) {
	cmd := exec.CommandContext(ctx, t.path, "stdin", "stdout", "-l", languages, "tsv")
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1") // one processor at most
	cmd.Stdin = bytes.NewReader(grey)
	var out limited
	cmd.Stdout = &out
	cmd.WaitDelay = killDelay
	if err := cmd.Start(); err != nil {
		return "", fmt.Errorf("start %s: %w", program, err)
	}
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, cmd.Process.Pid, niceness) // else it only takes more than its share
	if err := cmd.Wait(); err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return "", fmt.Errorf("%s: %w", program, err)
	}
	return out.String(), nil
}

// limited keeps the first maxOutput bytes of what is written.
type limited struct{ bytes.Buffer }

// Write implements io.Writer.
func (l *limited) Write(p []byte) (int, error) {
	room := max(0, maxOutput-l.Len())
	l.Buffer.Write(p[:min(len(p), room)])
	return len(p), nil
}
