package inbox

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How often signing in may be tried. A thief of passwords gets a few guesses
// an hour; an officer who mistypes is hardly held up.
const (
	accountBurst = 5
	accountEvery = time.Minute
	addressBurst = 30 // a police station may sit behind one address
	addressEvery = 5 * time.Second
	// limitRoom bounds how many accounts or addresses are remembered.
	limitRoom = 10_000
)

// A limiter counts tries by a key, in a map that cannot grow without end.
type limiter struct {
	every time.Duration
	burst int
	room  int

	mu    sync.Mutex
	tries map[string]*rate.Limiter
}

func newLimiter(every time.Duration, burst, room int) *limiter {
	return &limiter{every: every, burst: burst, room: room, tries: map[string]*rate.Limiter{}}
}

// allow counts one try. A key that finds no room is refused: who fills the
// map must not win by it.
func (l *limiter) allow(key string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	tries, known := l.tries[key]
	if !known {
		if len(l.tries) >= l.room && !l.sweep(now) {
			return false
		}
		tries = rate.NewLimiter(rate.Every(l.every), l.burst)
		l.tries[key] = tries
	}
	return tries.AllowN(now, 1)
}

// sweep forgets keys that have all their tries again, and tells whether that
// made room.
func (l *limiter) sweep(now time.Time) bool {
	for key, tries := range l.tries {
		if tries.TokensAt(now) >= float64(l.burst) {
			delete(l.tries, key)
		}
	}
	return len(l.tries) < l.room
}

// forget gives a key all its tries again.
func (l *limiter) forget(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.tries, key)
}

// address is where a request comes from, as limits count it: an IPv4 address,
// or the /64 network of an IPv6 one, all of which one person can have.
func (in *Inbox) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return "unknown"
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return "unknown"
	}
	if in.secure && (addr.IsLoopback() || addr.IsPrivate()) {
		addr = forwarded(r, addr)
	}
	if addr = addr.Unmap().WithZone(""); addr.Is6() {
		network, err := addr.Prefix(64)
		if err == nil {
			return network.String()
		}
	}
	return addr.String()
}

// forwarded is the address that the proxy in front has added, the last one;
// what stands before it anybody could have written.
func forwarded(r *http.Request, proxy netip.Addr) netip.Addr {
	all := strings.Join(r.Header.Values("X-Forwarded-For"), ",")
	last := strings.TrimSpace(all[strings.LastIndex(all, ",")+1:])
	addr, err := netip.ParseAddr(last)
	if err != nil {
		return proxy
	}
	return addr
}
