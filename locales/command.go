package locales

// Command is something a resident can ask for at any question.
type Command string

// The commands. Each is the name of a list in keywords.toml.
const (
	CmdMenu      Command = "menu"       // back to the menu
	CmdBack      Command = "back"       // to the question before
	CmdRepeat    Command = "repeat"     // say it again
	CmdYes       Command = "yes"        // yes
	CmdNo        Command = "no"         // no
	CmdOfficer   Command = "officer"    // talk to a police officer
	CmdReport    Command = "report"     // report a fraud
	CmdMoneyGone Command = "money_gone" // money has been lost
	CmdCheck     Command = "check"      // have a message checked
	CmdEnrol     Command = "enrol"      // become a Cyber Mitan
	CmdTips      Command = "tips"       // a safety tip
	CmdStopTips  Command = "stop_tips"  // no more tips
	CmdStartTips Command = "start_tips" // tips every week
	CmdHindi     Command = "hindi"      // speak Hindi
	CmdEnglish   Command = "english"    // speak English
	CmdHelp      Command = "help"       // help
	CmdComplaint Command = "complaint"  // how to lodge a complaint
	CmdDelete    Command = "delete"     // erase my data
	CmdCases     Command = "cases"      // my cases
	CmdDone      Command = "done"       // all is told
	CmdDontKnow  Command = "dont_know"  // the answer is not known
	CmdLeave     Command = "leave"      // leave the Cyber Mitans
	CmdGreeting  Command = "greeting"   // a greeting
	CmdThanks    Command = "thanks"     // thanks
	CmdViolence  Command = "violence"   // a person is in danger: 112, women 181
	CmdChild     Command = "child"      // a child is in danger: 1098
	CmdSuicide   Command = "suicide"    // thoughts of suicide: 14416

	// Of officers, in their WhatsApp group:
	CmdClaim Command = "claim" // I take this conversation
	CmdClose Command = "close" // this conversation is done
)

// Commands lists all commands.
func Commands() []Command {
	return []Command{
		CmdMenu, CmdBack, CmdRepeat, CmdYes, CmdNo, CmdOfficer, CmdReport, CmdMoneyGone, CmdCheck, CmdEnrol,
		CmdTips, CmdStopTips, CmdStartTips, CmdHindi, CmdEnglish, CmdHelp, CmdComplaint, CmdDelete, CmdCases,
		CmdDone, CmdDontKnow, CmdLeave, CmdGreeting, CmdThanks, CmdViolence, CmdChild, CmdSuicide, CmdClaim, CmdClose,
	}
}

// maxCommandWords is how many words a message may have, polite words included,
// to be a command as a whole.
const maxCommandWords = 12

// maxWordBytes is how long the words of a text are taken to be on average where
// its length alone shows that it has too many.
const maxWordBytes = 40

// Command returns what the whole message asks for, or "" if it is none: it must
// be a keyword, or be one once polite and filling words are taken away. What is
// asked for in a sentence is found by [Catalog.Request]; what matters inside a
// longer text by [Catalog.MoneyGone], [Catalog.EnrolPhrase] and [Catalog.Urgent].
func (c *Catalog) Command(text string) Command {
	if len(text) > maxCommandWords*maxWordBytes {
		return ""
	}
	return c.Hear(text).Command()
}

func (t talk) command() Command {
	if len(t.words) == 0 || len(t.words) > maxCommandWords {
		return ""
	}
	if cmd, ok := t.keyword(0); ok {
		return cmd
	}
	for _, unwanted := range []class{soft, filler, filler | soft} {
		if cmd, ok := t.keyword(unwanted); ok {
			return cmd
		}
	}
	return ""
}

// keyword looks up the words that are in none of the unwanted classes.
func (t talk) keyword(unwanted class) (Command, bool) {
	var buf [256]byte
	phrase := buf[:0]
	for i, word := range t.words {
		if t.bits[i]&unwanted != 0 || i > 0 && word == t.words[i-1] && len(t.words) > 2 {
			continue // "help help help" says no more than "help"
		}
		if len(phrase) > 0 {
			phrase = append(phrase, ' ')
		}
		phrase = append(phrase, word...)
	}
	cmd, ok := t.lex.commands[string(phrase)]
	return cmd, ok
}
