package talk

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"mitan/locales"
)

// Asked is what is being asked, as far as it decides how a message is read.
type Asked string

// What may be asked.
const (
	AskedNothing Asked = "any"
	AskedMenu    Asked = "menu" // the main menu
	AskedYesNo   Asked = "yesno"
	AskedAmount  Asked = "amount"
	AskedPhone   Asked = "phone"
	AskedWhen    Asked = "when"
	AskedStory   Asked = "story"  // words of any kind
	askedOther   Asked = "choice" // another choice, or a UTR
)

// AllAsked are those by which a message can be read alone; see [Read].
func AllAsked() []Asked {
	return []Asked{AskedNothing, AskedMenu, AskedYesNo, AskedAmount, AskedPhone, AskedWhen, AskedStory}
}

// Intent is what a message is read as: the name of a command, one of the
// answers here, or None.
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
	// Value is the answer: the number of a choice, rupees, ten digits, a day or a
	// minute in IST; see [locales.Told].
	Value string
	// Command is what the words ask for; "" where they are an answer. It may be
	// one that is no intent, such as a greeting.
	Command locales.Command
}

// Read reads a message where asked is asked. An amount, a number or a time that
// is asked for comes before any command; then lost money, which counts
// everywhere; then yes and no; then commands.
func Read(c *locales.Catalog, asked Asked, text string, now time.Time) Reading {
	if r, ok := readNumber(asked, text); ok {
		return r
	}
	if r, ok := readAnswer(asked, text, now); ok {
		return r
	}
	heard := c.Hear(text)
	if heard.MoneyGone() {
		return Reading{Intent: Intent(locales.CmdMoneyGone)}
	}
	cmd := commandAt(heard, asked)
	if asked == AskedYesNo {
		if answer, ok := yesNo(heard, text, cmd); ok {
			return Reading{Intent: Intent(answer), Command: cmd}
		}
	}
	return Reading{Intent: intentOf(asked, cmd), Command: cmd}
}

// readNumber reads the numbers that mean the same everywhere, and choices.
func readNumber(asked Asked, text string) (Reading, bool) {
	n, ok := locales.Number(text)
	switch {
	case !ok:
	case n == menuNumber:
		return commandReading(locales.CmdMenu), true
	case n == officerNumber:
		return commandReading(locales.CmdOfficer), true
	case n <= PageSize && (asked == AskedMenu || asked == AskedNothing):
		return Reading{Intent: ChoiceIntent, Value: strconv.Itoa(n)}, true
	}
	return Reading{}, false
}

func commandReading(c locales.Command) Reading { return Reading{Intent: Intent(c), Command: c} }

// readAnswer reads the amount, phone or time that is asked for.
func readAnswer(asked Asked, text string, now time.Time) (Reading, bool) {
	switch asked {
	case AskedAmount:
		paise, ok := locales.Amount(text)
		return Reading{Intent: AmountIntent, Value: rupees(paise)}, ok
	case AskedPhone:
		phone, ok := locales.Phone(text)
		return Reading{Intent: PhoneIntent, Value: phone}, ok
	case AskedWhen:
		told, ok := locales.ToldTime(text, now)
		return Reading{Intent: WhenIntent, Value: told.String()}, ok
	}
	return Reading{}, false
}

// commandAt is what a message asks for: in a story by its words alone, elsewhere
// in a sentence too. At a choice that residents name in words of their own, a
// sentence counts only for what counts at each question.
func commandAt(heard locales.Heard, asked Asked) locales.Command {
	switch asked {
	case AskedStory:
		return heard.Command()
	case askedOther:
		if cmd := heard.Request(); everywhere(cmd) {
			return cmd
		}
		return heard.Command()
	}
	cmd := heard.Request()
	if nothingAsked := asked == AskedNothing || asked == AskedMenu; nothingAsked && (cmd == "" || cmd == locales.CmdRepeat) && heard.Lost() {
		return locales.CmdHelp
	}
	return cmd
}

// everywhere tells the commands that count at each question, also where words
// of any kind are asked for.
func everywhere(cmd locales.Command) bool {
	switch cmd {
	case locales.CmdMenu, locales.CmdBack, locales.CmdRepeat, locales.CmdOfficer, locales.CmdHelp,
		locales.CmdHindi, locales.CmdEnglish, locales.CmdStopTips:
		return true
	}
	return false
}

// intentOf is the intent of a command that is no answer.
func intentOf(asked Asked, cmd locales.Command) Intent {
	switch cmd {
	case locales.CmdReport, locales.CmdCheck, locales.CmdEnrol, locales.CmdTips, locales.CmdStartTips,
		locales.CmdComplaint, locales.CmdDelete, locales.CmdYes, locales.CmdNo:
		if asked != AskedStory {
			return Intent(cmd)
		}
	default:
		if everywhere(cmd) {
			return Intent(cmd)
		}
	}
	return None
}

// yesNo reads a message, of which cmd is known, as yes or no: by number, word or
// sign.
func yesNo(heard locales.Heard, text string, cmd locales.Command) (string, bool) {
	if n, ok := locales.Number(text); ok {
		return [...]string{yes, no}[max(0, min(n-1, 1))], n == 1 || n == 2
	}
	beginsYes := (cmd == locales.CmdBack || cmd == locales.CmdHelp) && heard.BeginsYes() // "haan, galti se bata diya"
	if everywhere(cmd) && !beginsYes {
		return "", false
	}
	switch answer := heard.YesNo(); {
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
	return fmt.Sprintf("%d.%02d", paise/100, paise%100)
}

// reading is the message of this turn, read where its question stands.
func (t *Talk) reading() Reading {
	if t.read == nil {
		r := Read(t.d.catalog, t.asked(), t.text, t.now)
		t.read = &r
	}
	return *t.read
}

// asked is what the question that stands asks for.
func (t *Talk) asked() Asked {
	switch {
	case t.s.Asked == "":
		return AskedNothing
	case t.s.Kind == askChoice && t.s.Flow == MenuFlow:
		return AskedMenu
	case t.s.Kind == askYesNo:
		return AskedYesNo
	case t.s.Kind == askAmount:
		return AskedAmount
	case t.s.Kind == askPhone:
		return AskedPhone
	case t.s.Kind == askWhen:
		return AskedWhen
	case t.s.Kind.freeText():
		return AskedStory
	}
	return askedOther
}

// command is the command that the message is; "" if it is none.
func (t *Talk) command() locales.Command { return t.reading().Command }
