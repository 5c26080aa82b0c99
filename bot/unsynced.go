package bot

import "context"

type unsyncedKey struct{}

// Unsynced is a context in which a transaction on the database of the linked
// device ends without waiting for the disk. A killed program loses nothing of it.
// A power cut may undo it, together with nothing that was committed before; the
// next transaction that waits, waits for this one too.
func Unsynced(ctx context.Context) context.Context {
	return context.WithValue(ctx, unsyncedKey{}, true)
}

// IsUnsynced tells whether a context is Unsynced.
func IsUnsynced(ctx context.Context) bool { return ctx.Value(unsyncedKey{}) != nil }
