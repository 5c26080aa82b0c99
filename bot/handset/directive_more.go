package handset

import (
	"regexp"
	"strings"

	"mitan/bot"
)

// readBare reads a directive that is a message of a kind and nothing else.
func readBare(kind bot.MessageKind) func(string) (line, error) {
	return func(rest string) (line, error) {
		if rest != "" {
			return line{}, errUsage
		}
		return line{message: &bot.Incoming{Kind: kind}}, nil
	}
}

// readLate is a message that comes while the channel catches up.
func readLate(rest string) (line, error) {
	words, err := colon(rest)
	if err != nil {
		return line{}, err
	}
	late := textLine(words)
	late.message.Backlog = true
	return late, nil
}

func readEdit(rest string) (line, error) {
	words, err := colon(rest)
	if err != nil {
		return line{}, err
	}
	return line{message: &bot.Incoming{Kind: bot.Edit, Text: unescape(words)}, about: aboutOwn}, nil
}

func readUnsend(rest string) (line, error) {
	l, err := readBare(bot.Deletion)(rest)
	l.about = aboutOwn
	return l, err
}

func readReact(rest string) (line, error) {
	emoji, err := colon(rest)
	if err != nil {
		return line{}, err
	}
	return line{message: &bot.Incoming{Kind: bot.Reaction, Text: emoji}, about: aboutOwn}, nil
}

var voteRule = regexp.MustCompile(`^ ([0-9]{1,2})$`)

func readVote(rest string) (line, error) {
	parts := voteRule.FindStringSubmatch(rest)
	if parts == nil {
		return line{}, errUsage
	}
	choice := strings.TrimPrefix(parts[1], "0")
	return line{message: &bot.Incoming{Kind: bot.Vote, Text: choice}, about: aboutPoll}, nil
}
