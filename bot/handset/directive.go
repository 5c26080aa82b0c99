package handset

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"mitan/bot"
)

// line is what one line of a terminal talk asks for: one of a message, a wait
// and a change of the resident.
type line struct {
	message *bot.Incoming // without sender, id and stamp
	content []byte        // the bytes of its medium
	about   about         // the message that it is about
	wait    time.Duration
	as      string
}

// about says which message a line is about.
type about string

const (
	aboutOwn  about = "own"  // the resident's last
	aboutPoll about = "poll" // the helpline's last poll
)

// directives are the words that mean something at the start of a line in
// brackets, each with how it is written.
var directives = map[string]struct {
	usage string
	read  func(rest string) (line, error)
}{
	"image":     {"[image: PATH or words]", readImage},
	"voice":     {"[voice 0:32: PATH or words]", readVoice},
	"video":     {"[video: PATH or words]", readVideo},
	"file":      {"[file: PATH or name]", readFile},
	"forwarded": {"[forwarded: text]", readForwarded},
	"contact":   {"[contact: words]", readContact},
	"call":      {"[call]", readCall},
	"location":  {"[location]", readLocation},
	"sticker":   {"[sticker]", readSticker},
	"once":      {"[once]", readBare(bot.ViewOnce)},
	"odd":       {"[odd]", readBare(bot.Other)},
	"garbled":   {"[garbled]", readBare(bot.Unreadable)},
	"late":      {"[late: text]", readLate},
	"edit":      {"[edit: text]", readEdit},
	"unsend":    {"[unsend]", readUnsend},
	"react":     {"[react: emoji]", readReact},
	"vote":      {"[vote 2], or [vote 0] to take it back", readVote},
	"wait":      {"[wait 3h], with m, h or d", readWait},
	"as":        {"[as 9000000002]", readAs},
}

var (
	directiveRule = regexp.MustCompile(`(?s)^\[([A-Za-z]+)([ :].*)?\]$`)
	durationRule  = regexp.MustCompile(`^([0-9]{1,2}):([0-5][0-9]): *(.+)$`)
	waitRule      = regexp.MustCompile(`^([0-9]{1,6})([mhd])$`)
)

var errUsage = errors.New("it is written otherwise")

// parseLine reads a line of the terminal. What is in brackets but starts with
// no word of ours is an ordinary message. The error says how it is written.
func parseLine(s string) (line, error) {
	parts := directiveRule.FindStringSubmatch(s)
	if parts == nil {
		return textLine(s), nil
	}
	d, known := directives[strings.ToLower(parts[1])]
	if !known {
		return textLine(s), nil
	}
	parsed, err := d.read(parts[2])
	if errors.Is(err, errUsage) {
		return line{}, fmt.Errorf("write %s", d.usage)
	}
	return parsed, err
}

func textLine(s string) line {
	return line{message: &bot.Incoming{Kind: bot.Text, Text: unescape(s)}}
}

// unescape turns each \n into a line break.
func unescape(s string) string { return strings.ReplaceAll(s, `\n`, "\n") }

// colon is what follows ": ".
func colon(rest string) (string, error) {
	words, found := strings.CutPrefix(rest, ":")
	words = strings.TrimSpace(words)
	if !found || words == "" {
		return "", errUsage
	}
	return words, nil
}

func readImage(rest string) (line, error) {
	return readMedium(rest, bot.Image, bot.Media{Claimed: "image/png"}, Picture)
}

func readVideo(rest string) (line, error) {
	return readMedium(rest, bot.Video, bot.Media{Claimed: "video/mp4"}, Video)
}

func readVoice(rest string) (line, error) {
	parts := durationRule.FindStringSubmatch(strings.TrimSpace(rest))
	if parts == nil {
		return line{}, errUsage
	}
	minutes, _ := strconv.Atoi(parts[1]) // digits, by the rule
	seconds, _ := strconv.Atoi(parts[2])
	d := time.Duration(minutes)*time.Minute + time.Duration(seconds)*time.Second
	if d > MaxVoice {
		return line{}, fmt.Errorf("a recording lasts %d minutes at most", int(MaxVoice.Minutes()))
	}
	medium := bot.Media{Claimed: "audio/ogg; codecs=opus", Duration: d}
	return readMedium(": "+parts[3], bot.Voice, medium, func(words string) []byte { return Recording(d, words) })
}

func readFile(rest string) (line, error) {
	name, err := colon(rest)
	if err != nil {
		return line{}, err
	}
	medium := bot.Media{Name: filepath.Base(name), Claimed: claimedType(name)}
	return readMedium(rest, bot.Document, medium, File)
}

// readMedium is a message with the bytes of a file, if the words are the path
// of one, or else with bytes made up for the words.
func readMedium(rest string, kind bot.MessageKind, medium bot.Media, makeUp func(string) []byte) (line, error) {
	words, err := colon(rest)
	if err != nil {
		return line{}, err
	}
	content, found, err := readPath(words)
	if err != nil {
		return line{}, err
	}
	if found {
		medium.Name, medium.Claimed = filepath.Base(words), claimedType(words)
	} else {
		content = makeUp(unescape(words))
	}
	medium.Size = int64(len(content))
	return line{message: &bot.Incoming{Kind: kind, Media: &medium}, content: content}, nil
}

// readPath reads a regular file; found tells whether the path names one.
func readPath(path string) (content []byte, found bool, err error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return nil, false, nil // then they are words
	}
	if info.Size() > MaxUpload {
		return nil, true, ErrTooLarge
	}
	content, err = os.ReadFile(path)
	return content, true, err
}

func readForwarded(rest string) (line, error) {
	words, err := colon(rest)
	if err != nil {
		return line{}, err
	}
	return line{message: &bot.Incoming{Kind: bot.Text, Text: unescape(words), Forwarded: true}}, nil
}

func readContact(rest string) (line, error) {
	words, err := colon(rest)
	if err != nil {
		return line{}, err
	}
	return line{message: &bot.Incoming{Kind: bot.Contact, Text: unescape(words)}}, nil
}

func readCall(rest string) (line, error) {
	if rest != "" {
		return line{}, errUsage
	}
	return line{message: &bot.Incoming{Kind: bot.Call, Text: newID()}}, nil
}

func readLocation(rest string) (line, error) {
	if rest != "" {
		return line{}, errUsage
	}
	return line{message: &bot.Incoming{Kind: bot.Location}}, nil
}

func readSticker(rest string) (line, error) {
	if rest != "" {
		return line{}, errUsage
	}
	content := Sticker()
	medium := bot.Media{Claimed: "image/webp", Size: int64(len(content))}
	return line{message: &bot.Incoming{Kind: bot.Sticker, Media: &medium}, content: content}, nil
}

func readWait(rest string) (line, error) {
	parts := waitRule.FindStringSubmatch(strings.TrimSpace(rest))
	if parts == nil {
		return line{}, errUsage
	}
	n, _ := strconv.Atoi(parts[1]) // digits, by the rule
	unit := map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}[parts[2]]
	if n == 0 || int64(n) > math.MaxInt64/int64(unit) {
		return line{}, errUsage
	}
	return line{wait: time.Duration(n) * unit}, nil
}

func readAs(rest string) (line, error) {
	phone, err := ParsePhone(strings.TrimSpace(rest))
	if err != nil {
		return line{}, errUsage
	}
	return line{as: phone}, nil
}
