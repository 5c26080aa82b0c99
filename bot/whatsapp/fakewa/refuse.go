package fakewa

import "go.mau.fi/whatsmeow/types"

// refused is what becomes of the next messages to an account.
type refused struct{ left, code int }

// RefuseMessages answers the next n messages to a person (either address) with
// an error code, and does not deliver them: 463 for an account that may not
// reach out, 404, 479…
func (s *Server) RefuseMessages(to types.JID, n, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.user(to); a != nil {
		a.refused = refused{left: n, code: code}
	}
}

// refusal is the error code for a message to an account, 0 for none. Callers
// hold mu.
func (s *Server) refusal(to types.JID) int {
	a := s.user(to)
	if a == nil || a.refused.left == 0 {
		return 0
	}
	a.refused.left--
	return a.refused.code
}
