package bot

import "time"

// A Dialogue leads the talk. It computes; it writes nothing. Package bot/talk
// is the one that the program uses.
type Dialogue interface {
	// Step answers one message or one timer. Given the same situation it
	// returns the same outcome. It does not panic; an error means that a read
	// of the Recall failed, and that the message must come again.
	Step(s Situation) (Outcome, error)
}

// Situation is all that a step may know.
type Situation struct {
	Now          time.Time
	Conversation Conversation
	Message      *Message // nil when a timer woke the talk
	// Keep says that the message is answered later: the outcome is its text
	// with secrets masked and the session as it was, and nothing else.
	Keep bool
	// Pictures are the media, which the talk waits for by AwaitWords, whose words
	// have been read or cannot be. Message is nil then.
	Pictures []Media
	Reads    bool // the words of pictures are read here
	Recall   Recall
}

// Recall reads what the store knows of the resident of this step.
type Recall interface {
	Cases() ([]Case, error)                // the newest first, with legs and suspects, without the story
	Story(caseID int64) ([]Message, error) // the evidence of a case, in its order
	Volunteer() (Volunteer, error)         // ErrNotFound if never enrolled
	Subscribed() (bool, error)             // to the weekly tip
	Ahead() (int, error)                   // conversations in the queue before this one, were it put there now
	Next(series string) (int64, error)     // the next number of a series; never the same twice
	// Reported is how many other residents have filed a case with this identifier
	// of the fraudster.
	Reported(s Suspect) (int, error)
}

// Outcome is what a step leads to. The turn commits it whole.
type Outcome struct {
	Text    string // the message's text with secrets masked: what may be stored
	Masked  bool   // something was masked
	Session []byte // the talk as it now stands
	Replies []string
	Choices []string // the labels of the numbered choices under the last reply, without their numbers; nil if it has none
	Effects []Effect
	Wake    time.Time // when to step again without a message; zero for not
	Broken  string    // a flow that panicked, for the log: its name and place, no words
}
