package fraud

// A Verdict says how a message looks. There is no "safe": nobody can tell that
// from a message's words.
type Verdict string

// The verdicts, the worst first.
const (
	Danger     Verdict = "danger"
	BeCareful  Verdict = "be_careful"
	CannotTell Verdict = "cannot_tell"
)

// A Reason is one thing that the checker saw.
type Reason struct {
	Key  string // of the text check.reason_<key>; see [ReasonKeys]
	Seen string // the message's words in which it was seen, links broken; "" if it is not in its words
}

// A Judgement is what the checker makes of a message.
type Judgement struct {
	Verdict  Verdict
	Kind     string   // the kind of fraud that it looks like; "" if none, and if the verdict is CannotTell
	Reasons  []Reason // the strongest first, each key once
	Question string   // for CannotTell: key of what would settle it, see [QuestionKeys]; "" if nothing would
}

// ReasonKeys are the keys that a [Reason] may have, each with its text
// check.reason_<key>.
func ReasonKeys() []string {
	return []string{
		"words",         // the words are those of a kind of fraud
		"known",         // a number, link or UPI id in it stands in reports
		"apk",           // it brings a file that is an app
		"asks_code",     // it asks for an OTP, a PIN or another secret
		"remote_app",    // it wants an app that shows the phone to others
		"dial_code",     // it wants a code dialled that sends calls elsewhere
		"lookalike",     // its link has the name of a bank or firm to which it does not belong
		"link",          // its link belongs to no bank, firm or office that we know
		"short_link",    // its link hides where it goes
		"disguise",      // its letters are disguised
		"mobile",        // a mobile number in what claims to be from a bank, firm or office
		"foreign",       // a number from abroad
		"chat",          // it leads into a chat or a group
		"threat",        // it threatens with arrest, with blocking or cutting
		"urgent",        // it wants it done at once
		"secret",        // it wants it kept from others
		"pay_first",     // it wants money so that money comes
		"asks_money",    // it asks for money
		"easy_money",    // it promises money, a prize or profit
		"reward_expire", // what it promises is said to expire
	}
}

// QuestionKeys are the keys of what would settle a message that the checker
// cannot tell, each with its text check.question_<key>.
func QuestionKeys() []string {
	return []string{
		"ring_old_number", // one who says to be family or a friend: ring the number that you knew before
		"ask_bank",        // ring your bank, at the number on your card or passbook
		"ask_company",     // ring the firm or office, at the number on your bill
		"send_message",    // send the message itself
	}
}
