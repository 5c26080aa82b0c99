package locales

// Heard is a text whose words have been looked up once, for all that may be
// asked of it. Its methods are those of [Catalog] of the same names.
type Heard struct{ t talk }

// Hear looks up the words of a text.
func (c *Catalog) Hear(text string) Heard { return Heard{c.talk(text)} }

// Command is [Catalog.Command].
func (h Heard) Command() Command { return h.t.command() }

// Request is [Catalog.Request].
func (h Heard) Request() Command { return h.t.request() }

// MoneyGone is [Catalog.MoneyGone].
func (h Heard) MoneyGone() bool { return h.t.moneyGone() }

// YesNo is [Catalog.YesNo].
func (h Heard) YesNo() Command { return h.t.yesNo() }

// Lost reports whether the writer asks what to do: "अब क्या करूं". Where a
// question stands it says no more than that the answer is hard.
func (h Heard) Lost() bool { return h.t.asksOne(h.t.lex.patterns[cmdLost], h.t.all()) }

// BeginsYes reports whether the text begins with a yes that means nothing else.
func (h Heard) BeginsYes() bool { return h.t.begins(h.t.lex.marks.yes) }
