// Package flows has the conversations, one file each: what the helpline asks,
// says and does, in the order in which a resident lives through it. The words
// are in locales, under keys that begin with the flow's name.
//
// A flow touches nothing but its [talk.Talk]; package talk says how that
// survives a restart. Read welcome.go, menu.go and report.go first.
package flows
