// Package talk is the conversation runtime that flows are written against.
//
// A flow is a function that reads from top to bottom like the talk it leads;
// a [Talk] is all that it can touch. The runtime remembers the answers in a
// journal and runs the flow again from the top on each message: a question
// whose answer is in the journal returns it at once, and the first one that has
// none takes the message, or is asked, and the run stops there. Up to the
// newest answer a run is silent, so each Say and Do acts once, in the same
// commit as the answer that led to it.
//
// Three rules keep that honest: a flow touches nothing but its Talk; question
// keys are constants (the runtime counts them in loops); nothing that a flow
// decides comes from a clock or the order of a map.
//
// What every question has without its flow's doing (menu, officer, back,
// repeat, language, a second try, masking of secrets, reminders) is in
// [Dialogue.Step]. Start reading there, in step.go; then run.go and ask.go.
package talk
