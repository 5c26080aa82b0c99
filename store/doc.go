// Package store keeps everything of the helpline in a data folder: the SQLite
// database mitan.db, and the folder media with the bytes of pictures,
// recordings and files under their SHA-256. It implements [bot.Store], whose
// comments say what each method promises; here is how.
//
// All writing goes through one goroutine with one connection (writer.go).
// Writes that wait together share one commit, so that one fsync serves many
// turns; if one of them fails they are rolled back and committed one by one, so
// that a bad turn hurts nobody. Readers have connections of their own that
// cannot write, and never wait for the writer.
//
// A turn is in turn.go, its effects in effects.go and casefile.go, what
// officers do in desk.go. Schema changes are the numbered files in migrations.
//
// Times are kept as unix milliseconds in UTC, so what is finer is cut off; the
// zero time is 0. Errors name the operation and wrap their cause, the errors of
// package bot among them.
package store
