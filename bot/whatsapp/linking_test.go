package whatsapp_test

import (
	"bufio"
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/require"

	"mitan/bot/whatsapp/fakewa"
)

// An officer in charge links the phone on the inbox's page, by its camera.
func TestLinkOnThePage(t *testing.T) {
	s := newStation(t, fakewa.Options{}, plainSettings)
	s.start()
	s.signIn()
	require.True(t, s.red(), "the inbox says on every page that no phone is linked")
	s.link()
	page := s.shows("/link", "90000 00900")
	require.NotContains(t, page, "code.png")
	require.Contains(t, s.becomesCount("online"), "1")
	s.becomes(`SELECT COUNT(*) FROM audit WHERE action = 'link_start'`, `1`)
}

// becomesCount waits until the link has once been in a state.
func (s *station) becomesCount(state string) string {
	s.Helper()
	s.becomes(`SELECT COUNT(*) FROM link_event WHERE state = '`+state+`'`, `1`)
	return "1"
}

// `mitan link` shows a QR code in the terminal, and a new one when the service
// no longer takes it; scanned, it says which number is linked.
func TestLinkInTheTerminal(t *testing.T) {
	s := newStation(t, fakewa.Options{}, plainSettings)
	link := s.startLinking()
	first := link.code(t)
	s.server.ExpireCodes()
	second := link.code(t)
	require.NotEqual(t, first, second)
	_, err := s.phone.Scan(first)
	require.Error(t, err, "the old code is good for nothing")
	_, err = s.phone.Scan(second)
	require.NoError(t, err)
	require.Contains(t, link.rest(t), "linked: +91 90000 00900")

	// A second time there is nothing to do.
	require.Contains(t, s.command(append([]string{"link", "--data", s.dir}, s.loopback()...)...), "linked: +91 90000 00900")
	s.start()
	s.online()
}

// `mitan link --phone` shows a code that is typed into the phone.
func TestLinkByPairingCode(t *testing.T) {
	s := newStation(t, fakewa.Options{}, plainSettings)
	link := s.startLinking("--phone", "90000 00900")
	code := ""
	for link.lines.Scan() {
		if line := link.lines.Text(); len(line) == 9 && line[4] == '-' {
			code = line
			break
		}
	}
	_, err := s.phone.EnterCode(code)
	require.NoError(t, err)
	require.Contains(t, link.rest(t), "linked: +91 90000 00900")
}

// Another number than the unit's own is not linked: residents' words would go
// to whoever holds that phone.
func TestLinkRefusesAnotherNumber(t *testing.T) {
	s := newStation(t, fakewa.Options{}, plainSettings)
	s.start()
	s.signIn()
	s.post("/link/start", nil)
	stranger := s.server.AddPhone("919000000901", "Stranger")
	_, err := stranger.Scan(s.pageCode())
	require.Error(t, err)
	s.becomes(`SELECT COUNT(*) FROM link_event WHERE state = 'online'`, `0`)
}

// A second program on the folder is refused, and says what to do instead.
func TestLinkBesideTheHelpline(t *testing.T) {
	s := newStation(t, fakewa.Options{}, plainSettings)
	s.start()
	out, err := exec.Command(s.binary, append([]string{"link", "--data", s.dir}, s.loopback()...)...).CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(out), "another mitan is running")
}

// linkingProgram is `mitan link` while it runs.
type linkingProgram struct {
	cmd    *exec.Cmd
	lines  *bufio.Scanner
	stderr *bytes.Buffer
}

func (s *station) startLinking(more ...string) *linkingProgram {
	s.Helper()
	cmd := exec.Command(s.binary, append(append([]string{"link", "--data", s.dir}, s.loopback()...), more...)...)
	stderr := &bytes.Buffer{}
	cmd.Stderr = stderr
	out, err := cmd.StdoutPipe()
	require.NoError(s, err)
	require.NoError(s, cmd.Start())
	s.Cleanup(func() { _ = cmd.Process.Kill() })
	return &linkingProgram{cmd: cmd, lines: bufio.NewScanner(out), stderr: stderr}
}

// code reads the next QR code from the terminal, as a camera would.
func (l *linkingProgram) code(t *testing.T) string {
	t.Helper()
	var rows []string
	for l.lines.Scan() {
		if line := l.lines.Text(); strings.ContainsAny(line, "█▀▄") {
			rows = append(rows, line)
			if n := len([]rune(line)); len(rows) == (n+1)/2 { // a square: two modules a line
				return decode(t, modules(rows))
			}
		}
	}
	require.Fail(t, "no code was shown", l.stderr.String())
	return ""
}

// rest is what the program prints until it ends by itself.
func (l *linkingProgram) rest(t *testing.T) string {
	t.Helper()
	var rest strings.Builder
	for l.lines.Scan() {
		rest.WriteString(l.lines.Text() + "\n")
	}
	require.NoError(t, l.cmd.Wait(), l.stderr.String())
	return rest.String()
}

// moduleSize is how many dots a module of a code has, each way.
const moduleSize = 4

// modules draws the half blocks of a terminal.
func modules(rows []string) image.Image {
	picture := image.NewGray(image.Rect(0, 0, len([]rune(rows[0]))*moduleSize, 2*len(rows)*moduleSize))
	light := func(x, y int, on bool) {
		for i := range moduleSize * moduleSize {
			if on {
				picture.Set(x*moduleSize+i%moduleSize, y*moduleSize+i/moduleSize, color.White)
			}
		}
	}
	for y, row := range rows {
		for x, block := range []rune(row) {
			light(x, 2*y, block == '█' || block == '▀')
			light(x, 2*y+1, block == '█' || block == '▄')
		}
	}
	return picture
}

func decode(t testing.TB, picture image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	require.NoError(t, err)
	for _, way := range []gozxing.DecodeHintType{gozxing.DecodeHintType_TRY_HARDER, gozxing.DecodeHintType_PURE_BARCODE} {
		found, decodeErr := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{way: true})
		if err = decodeErr; err == nil {
			return found.GetText()
		}
	}
	require.NoError(t, err)
	return ""
}

// pageCode is the code on the inbox's page, as a camera reads it.
func (s *station) pageCode() string {
	s.Helper()
	var picture []byte
	require.Eventually(s, func() bool {
		body, status := s.fetch("/link/code.png")
		picture = body
		return status == http.StatusOK
	}, patience, 50*time.Millisecond, "the page shows a code")
	decoded, err := png.Decode(bytes.NewReader(picture))
	require.NoError(s, err)
	return decode(s.TB, decoded)
}

// scanPage scans the code on the inbox's page with the helpline's phone.
func (s *station) scanPage() {
	s.Helper()
	_, err := s.phone.Scan(s.pageCode())
	require.NoError(s, err)
}
