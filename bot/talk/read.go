package talk

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"mitan/locales"
)

// Asked is what a question asks for, as far as it decides how a message is read.
type Asked string

// What may be asked.
const (
	AskedNothing Asked = "any"
	AskedMenu    Asked = "menu" // the main menu
	AskedYesNo   Asked = "yesno"
	AskedAmount  Asked = "amount"
	AskedPhone   Asked = "phone"
	AskedWhen    Asked = "when"
	AskedStory   Asked = "story" // words of any kind
)

// AllAsked are all of them.
func AllAsked() []Asked {
	return []Asked{AskedNothing, AskedMenu, AskedYesNo, AskedAmount, AskedPhone, AskedWhen, AskedStory}
}

// Intent is what a message is read as: one of the commands, an answer, or None.
type Intent string

// The intents that are no command.
const (
	None         Intent = "none"
	ChoiceIntent Intent = "choice"
	AmountIntent Intent = "amount"
	PhoneIntent  Intent = "phone"
	WhenIntent   Intent = "when"
)

// A Reading is what one message says where something is asked.
type Reading struct {
	Intent Intent
	Value  string // of an answer: a number, rupees, ten digits, a day or a minute in IST
}

// Read reads a message where asked is asked, as the talk does: what counts
// everywhere first, then the answer, then other commands.
func Read(c *locales.Catalog, asked Asked, text string, now time.Time) Reading {
	if r, ok := readNumber(asked, text); ok {
		return r
	}
	switch asked {
	case AskedAmount:
		if paise, ok := locales.Amount(text); ok {
			return Reading{AmountIntent, rupees(paise)}
		}
	case AskedPhone:
		if phone, ok := locales.Phone(text); ok {
			return Reading{PhoneIntent, phone}
		}
	}
	if c.MoneyGone(text) {
		if asked == AskedWhen {
			if r, ok := readWhen(text, now); ok {
				return r
			}
		}
		return Reading{Intent: Intent(locales.CmdMoneyGone)}
	}
	if asked == AskedStory {
		return Reading{Intent: globalWord(c.Command(text))}
	}
	cmd := c.Request(text)
	if asked == AskedYesNo {
		if answer, ok := yesNo(c, text, cmd); ok {
			return Reading{Intent: Intent(answer)}
		}
	}
	if asked == AskedWhen {
		if r, ok := readWhen(text, now); ok {
			return r
		}
	}
	return Reading{Intent: known(cmd)}
}

// readNumber reads the numbers that are an answer by themselves.
func readNumber(asked Asked, text string) (Reading, bool) {
	n, ok := locales.Number(text)
	switch {
	case !ok:
	case n == menuNumber:
		return Reading{Intent: Intent(locales.CmdMenu)}, true
	case n == officerNumber:
		return Reading{Intent: Intent(locales.CmdOfficer)}, true
	case asked == AskedMenu && n <= PageSize, asked == AskedNothing && n <= PageSize:
		return Reading{ChoiceIntent, strconv.Itoa(n)}, true
	}
	return Reading{}, false
}

func readWhen(text string, now time.Time) (Reading, bool) {
	told, ok := locales.ToldTime(text, now)
	return Reading{WhenIntent, told.String()}, ok
}

// globalWord keeps the few commands that count inside a story too.
func globalWord(cmd locales.Command) Intent {
	switch cmd {
	case locales.CmdMenu, locales.CmdBack, locales.CmdRepeat, locales.CmdOfficer, locales.CmdHelp,
		locales.CmdHindi, locales.CmdEnglish, locales.CmdStopTips:
		return Intent(cmd)
	}
	return None
}

// known keeps the commands that are intents.
func known(cmd locales.Command) Intent {
	switch cmd {
	case locales.CmdReport, locales.CmdCheck, locales.CmdEnrol, locales.CmdTips, locales.CmdStartTips,
		locales.CmdComplaint, locales.CmdDelete, locales.CmdYes, locales.CmdNo, locales.CmdMoneyGone:
		return Intent(cmd)
	}
	return globalWord(cmd)
}

// yesNo reads a message as yes or no.
func yesNo(c *locales.Catalog, text string, cmd locales.Command) (string, bool) {
	if n, ok := locales.Number(text); ok && n <= 2 {
		return [...]string{"", yes, no}[n], n > 0
	}
	if g := globalWord(cmd); g != None {
		return "", false
	}
	switch answer := c.YesNo(text); {
	case answer != "":
		return string(answer), true
	case strings.ContainsAny(text, "👍👌✅🆗"):
		return yes, true
	case strings.ContainsAny(text, "👎❌"):
		return no, true
	}
	return "", false
}

// rupees writes an amount in rupees, with its paise if it has any.
func rupees(paise int64) string {
	if paise%100 == 0 {
		return strconv.FormatInt(paise/100, 10)
	}
	return strings.TrimSpace(fmt.Sprintf("%d.%02d", paise/100, paise%100))
}
