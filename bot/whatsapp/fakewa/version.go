package fakewa

import (
	"fmt"
	"net/http"
	"slices"

	"go.mau.fi/whatsmeow/proto/waWa6"
	"go.mau.fi/whatsmeow/store"
)

// RequireVersion refuses clients that say in their handshake that they are older
// than this with failure 405, and shows this version on the web page that
// clients look it up on. All zero refuses none.
func (s *Server) RequireVersion(primary, secondary, tertiary uint32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.version = store.WAVersionContainer{primary, secondary, tertiary}
}

// outdated tells whether a client is too old. Callers hold mu.
func (s *Server) outdated(p *waWa6.ClientPayload) bool {
	v := p.GetUserAgent().GetAppVersion()
	return slices.Compare([]uint32{v.GetPrimary(), v.GetSecondary(), v.GetTertiary()}, s.version[:]) < 0
}

// webPage is where clients look for the newest version.
func (s *Server) webPage(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	v := s.version
	s.mu.Unlock()
	if v.IsZero() {
		v = store.GetWAVersion()
	}
	if _, err := fmt.Fprintf(w, `<script>{"client_revision":%d,"tier":"fake"}</script>`, v[2]); err != nil {
		s.logf("web page: %v", err)
	}
}
