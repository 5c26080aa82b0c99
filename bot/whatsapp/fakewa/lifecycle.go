package fakewa

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// listenWait is how long Start tries to get its port back.
const listenWait = 2 * time.Second

// listen serves at an address, and returns it with its port.
func (s *Server) listen(addr string) (string, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return "", fmt.Errorf("listening: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ws/chat", s.serveWebsocket)
	mux.HandleFunc("POST /mms/{kind}/{token}", s.uploadMedia)
	mux.HandleFunc("GET /media/{id}", s.downloadMedia)
	mux.HandleFunc("GET /{$}", s.webPage)
	web := &http.Server{
		Handler: mux,
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, tcpKey{}, c)
		},
	}
	s.mu.Lock()
	s.http, s.down = web, false
	s.mu.Unlock()
	go func() {
		if err := web.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			s.logf("serving: %v", err)
		}
	}()
	return ln.Addr().String(), nil
}

// Stop drops all connections and takes no new ones, as a server that goes down.
// Accounts, devices, groups, media and what waits for delivery are kept.
func (s *Server) Stop() {
	s.mu.Lock()
	s.down = true
	web := s.http
	var open []*conn
	for c := range s.conns {
		open = append(open, c)
	}
	s.mu.Unlock()
	if err := web.Close(); err != nil {
		s.logf("stopping: %v", err)
	}
	for _, c := range open {
		c.shut()
	}
	s.serving.Wait()
}

// Start takes connections again after Stop, at the same address.
func (s *Server) Start() error {
	for end := time.Now().Add(listenWait); ; time.Sleep(10 * time.Millisecond) {
		if _, err := s.listen(s.addr); err == nil || time.Now().After(end) {
			return err
		}
	}
}

// Restart is Stop, a pause, and Start.
func (s *Server) Restart(pause time.Duration) error {
	s.Stop()
	time.Sleep(pause)
	return s.Start()
}

// Close stops for good and forgets the residents' stores.
func (s *Server) Close() {
	s.Stop()
	s.mu.Lock()
	db := s.db
	s.db = nil
	s.mu.Unlock()
	if db != nil {
		if err := db.Close(); err != nil {
			s.logf("closing: %v", err)
		}
	}
}
