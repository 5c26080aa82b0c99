package ratchet

import (
	"context"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
)

// nameless keeps none of the names that people give themselves. The helpline
// does not use them, they would outlive the erasure of who gave them, and each
// would cost a commit.
type nameless struct{ store.ContactStore }

// PutPushName says that nothing is new.
func (nameless) PutPushName(context.Context, types.JID, string) (bool, string, error) {
	return false, "", nil
}

// PutBusinessName says that nothing is new.
func (nameless) PutBusinessName(context.Context, types.JID, string) (bool, string, error) {
	return false, "", nil
}
