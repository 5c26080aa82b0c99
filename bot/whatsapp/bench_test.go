package whatsapp_test

import (
	"bufio"
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"mitan/bot/whatsapp/fakewa"
	"mitan/store"
)

// How many write in the benchmarks, and how much each: MITAN_WA_LOAD is
// "residents messages".
const (
	loadResidents = 50
	loadMessages  = 10
)

func load(b *testing.B) (residents, each int) {
	b.Helper()
	residents, each = loadResidents, loadMessages
	if env := os.Getenv("MITAN_WA_LOAD"); env != "" {
		_, err := fmt.Sscan(env, &residents, &each)
		require.NoError(b, err, "MITAN_WA_LOAD")
	}
	return residents, each
}

// A backlog after an outage: how fast it is stored and answered once a
// resident, beside a bare whatsmeow client that only prints, in the same run on
// the same disk. The bare client is measured with the safe settings that we use
// (no ack before the handler is done, what is decrypted kept until then) and as
// the library comes, where a kill loses messages.
//
// The safe client waits for the disk twice a message, the loose one once, one
// message after the other. Ours waits only for the commits of its own store, which
// many messages share while the next are opened; opening them, one at a time and
// inside whatsmeow, is most of what is left.
func BenchmarkBacklog(b *testing.B) {
	residents, each := load(b)
	for range b.N {
		s := linkedStation(b, fakewa.Options{}, plainSettings)
		s.kill()
		safe, loose := s.bare(901, "safe print"), s.bare(902, "loose print")
		crowd := s.writers(residents)
		for _, to := range []fakewa.Address{s.phone.Number(), safe.phone.Number(), loose.phone.Number()} {
			s.all(crowd, func(r *fakewa.Resident) {
				for i := range each {
					_, err := r.Say(s.soon(), to, fmt.Sprintf("मैसेज %d", i+1))
					require.NoError(s, err)
				}
			})
		}
		total := residents * each
		bare := safe.takes(total)
		bareLoose := loose.takes(total)

		start := time.Now()
		s.start()
		stored := s.waitCount(`SELECT COUNT(*) FROM message WHERE by = 'resident'`, total).Sub(start)
		answered := s.waitCount(`SELECT COUNT(*) FROM message WHERE by = 'bot' AND delivery <> 'queued'`, residents).Sub(start)
		s.becomes(`SELECT COUNT(DISTINCT resident), COUNT(DISTINCT external_id) FROM message WHERE by = 'resident'`, fmt.Sprintf("%d,%d", residents, total))
		require.Empty(s, s.rows(`SELECT resident FROM message WHERE by = 'bot' GROUP BY resident HAVING COUNT(DISTINCT at) > 1`), "answered once each")
		rate := func(d time.Duration) float64 { return float64(total) / d.Seconds() }
		b.ReportMetric(rate(stored), "stored/s")
		b.ReportMetric(rate(answered), "answered/s")
		b.ReportMetric(rate(bare), "bare-safe/s")
		b.ReportMetric(rate(bareLoose), "bare-loose/s")
		b.ReportMetric(bare.Seconds()/stored.Seconds(), "of-bare-safe")
		b.ReportMetric(bareLoose.Seconds()/stored.Seconds(), "of-bare-loose")
		s.kill()
	}
}

// liveBlock is how many messages each resident writes before it is another
// client's turn.
const liveBlock = 2

// Live traffic: residents who write and wait for the reply, answered by the
// helpline and by a bare whatsmeow client that echoes. They take turns, so that
// what else the machine does meets all alike.
//
// The echo sends inside its handler and waits for the service each time; ours has
// several replies on their way. Against that stands what the echo does not do: the
// talk, its commit, the outbox, read marks, and writing down each receipt. So ours
// gains where the disk or the service is slow, and loses where only the processor
// counts.
func BenchmarkLive(b *testing.B) {
	residents, each := load(b)
	for range b.N {
		s := linkedStation(b, fakewa.Options{}, plainSettings)
		safe, loose := s.bare(901, "safe echo"), s.bare(902, "loose echo")
		safe.start()
		loose.start()
		crowd := s.writers(residents)
		talk := func(r *fakewa.Resident, to fakewa.Address, text string) {
			seen := map[string]bool{}
			for _, m := range r.Messages() {
				seen[m.ID] = true
			}
			_, err := r.Say(s.soon(), to, text)
			require.NoError(s, err)
			_, err = r.WaitFor(s.soon(), func(m fakewa.Received) bool { return !seen[m.ID] })
			require.NoError(s, err)
		}
		clients := []fakewa.Address{safe.phone.Number(), s.phone.Number(), loose.phone.Number()}
		for _, to := range clients { // sessions are made, languages chosen
			s.all(crowd, func(r *fakewa.Resident) { talk(r, to, "नमस्ते") })
			time.Sleep(time.Second)
		}
		took := map[fakewa.Address]time.Duration{}
		total := 0
		for ; total < each; total += liveBlock {
			for _, to := range clients {
				start := time.Now()
				s.all(crowd, func(r *fakewa.Resident) {
					for range liveBlock {
						talk(r, to, "0") // one message, one reply
					}
				})
				took[to] += time.Since(start)
			}
			slices.Reverse(clients)
		}
		rate := func(to *fakewa.Phone) float64 { return float64(residents*total) / took[to.Number()].Seconds() }
		b.ReportMetric(rate(s.phone), "answered/s")
		b.ReportMetric(rate(safe.phone), "echo-safe/s")
		b.ReportMetric(rate(loose.phone), "echo-loose/s")
		b.ReportMetric(rate(s.phone)/rate(safe.phone), "of-echo-safe")
		b.ReportMetric(rate(s.phone)/rate(loose.phone), "of-echo-loose")
		s.kill()
	}
}

// writers are residents who have written nothing yet.
func (s *station) writers(n int) []*fakewa.Resident {
	s.Helper()
	crowd := make([]*fakewa.Resident, 0, n)
	for i := range n {
		crowd = append(crowd, s.resident(1000+i, "Resident"))
	}
	return crowd
}

// atOnce is how many residents write at the same moment.
const atOnce = 20

// all has each of a crowd do something.
func (s *station) all(crowd []*fakewa.Resident, do func(*fakewa.Resident)) {
	var work sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	for _, r := range crowd {
		slots <- struct{}{}
		work.Go(func() {
			defer func() { <-slots }()
			do(r)
		})
	}
	work.Wait()
}

// waitCount waits until a count is reached, and tells when it was.
func (s *station) waitCount(statement string, n int) time.Time {
	s.Helper()
	for end := time.Now().Add(10 * time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if got, err := strconv.Atoi(s.rows(statement)[0]); err == nil && got >= n {
			return time.Now()
		}
	}
	require.Fail(s, "never reached", "%s: %d", statement, n)
	return time.Time{}
}

// A bare client is whatsmeow and nothing else, in a process of its own.
type bare struct {
	*station
	phone *fakewa.Phone
	dir   string
	how   string
	lines *bufio.Scanner
}

const bareEnv = "MITAN_BARE_CLIENT"

// bare links a bare client to the nth number.
func (s *station) bare(n int, how string) *bare {
	s.Helper()
	c := &bare{station: s, phone: s.server.AddPhone(residentNumber(n), "Bare"), dir: s.TempDir(), how: how}
	ctx := s.soon()
	client, closeStore := bareClient(s, c.dir, s.server)
	codes := make(chan string, 1)
	connected := make(chan struct{}, 1)
	client.AddEventHandler(func(event any) {
		switch e := event.(type) {
		case *events.QR:
			codes <- e.Codes[0]
		case *events.Connected:
			connected <- struct{}{}
		}
	})
	require.NoError(s, client.ConnectContext(ctx))
	_, err := c.phone.Scan(<-codes)
	require.NoError(s, err)
	<-connected
	client.Disconnect()
	closeStore()
	return c
}

// bareClient opens a client on a folder.
func bareClient(t testing.TB, dir string, server *fakewa.Server) (client *whatsmeow.Client, closeStore func()) {
	client, db := openBare(dir)
	if server != nil {
		fakewa.Point(client, server.Addr(), server.RootKey())
	}
	return client, func() { require.NoError(t, db.Close()) }
}

func openBare(dir string) (*whatsmeow.Client, interface{ Close() error }) {
	ctx := context.Background()
	db, err := store.OpenDevices(ctx, dir)
	if err != nil {
		panic(err)
	}
	devices := sqlstore.NewWithDB(db, "sqlite3", nil)
	if err := devices.Upgrade(ctx); err != nil {
		panic(err)
	}
	device, err := devices.GetFirstDevice(ctx)
	if err != nil {
		panic(err)
	}
	return whatsmeow.NewClient(device, nil), db
}

// start starts the client's process.
func (c *bare) start() {
	c.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), bareEnv+"="+strings.Join([]string{c.how, c.dir, c.server.Addr(), hexKey(c.server.RootKey())}, "|"))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(c, err)
	require.NoError(c, cmd.Start())
	c.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	c.lines = bufio.NewScanner(out)
	if strings.HasSuffix(c.how, "echo") {
		go func() {
			for c.lines.Scan() {
			}
		}()
	}
}

// takes is how long the client takes for so many messages.
func (c *bare) takes(n int) time.Duration {
	c.Helper()
	start := time.Now()
	c.start()
	for range n {
		require.True(c, c.lines.Scan(), "the bare client ended early")
	}
	return time.Since(start)
}

// runBare is the process of a bare client.
func runBare(env string) {
	parts := strings.Split(env, "|")
	how, dir, addr, key := parts[0], parts[1], parts[2], parts[3]
	client, _ := openBare(filepath.Clean(dir))
	root, err := hex.DecodeString(key)
	if err != nil {
		panic(err)
	}
	fakewa.Point(client, addr, [32]byte(root))
	safe, echo := strings.HasPrefix(how, "safe"), strings.HasSuffix(how, "echo")
	client.SynchronousAck, client.EnableDecryptedEventBuffer = safe, safe
	client.SetForceActiveDeliveryReceipts(true)
	client.AddEventHandler(func(event any) {
		m, ok := event.(*events.Message)
		if !ok {
			return
		}
		fmt.Println(m.Info.ID, m.Message.GetConversation())
		if echo {
			_, _ = client.SendMessage(context.Background(), m.Info.Chat, &waE2E.Message{Conversation: proto.String(m.Message.GetConversation())})
		}
	})
	if err := client.Connect(); err != nil {
		panic(err)
	}
	select {}
}
