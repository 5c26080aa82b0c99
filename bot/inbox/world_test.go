package inbox_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/inbox"
	"mitan/locales"
)

const password = "sunny-gate-42"

// The officers of the sample unit, one for each role and one more.
const (
	viewer = iota + 1
	officer
	charge
	admin
	second
	bank
)

var logins = map[int]string{viewer: "vimla", officer: "meena", charge: "thakur", admin: "admin", second: "rakesh", bank: "bina"}

// The residents of the sample unit.
const (
	sunita = iota + 1 // a loss, unclaimed, in her golden hour
	ramesh            // waits since longest, not urgent
	geeta             // in danger of herself
	kavita            // held by rakesh
	deepak            // with the bot
)

// A world is an inbox over sample data, served by HTTP.
type world struct {
	*office
	inbox *inbox.Inbox
	link  *linker
	url   string
	log   *bytes.Buffer
	clock *bot.ManualClock
}

var morning = time.Date(2026, 11, 22, 1, 27, 46, 0, locales.IST)

// hash is of the password of all officers: a cheap one, since a real one is
// slow on purpose. What it costs stands in the hash itself.
var hash = func() string {
	h, err := argon2id.CreateHash(password, &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		panic(err)
	}
	return h
}()

// texts are what the talk says.
var texts = func() *locales.Catalog {
	c, err := locales.Load(nil)
	if err != nil {
		panic(err)
	}
	return c
}()

// kindName is what the talk calls a kind of fraud.
func kindName(lang locales.Lang, key string) string {
	if slices.Contains(texts.Keys(), "kind."+key) {
		return texts.Text(lang, "kind."+key, nil)
	}
	return key
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{clock: bot.NewManualClock(morning), log: &bytes.Buffer{}}
	w.office = newOffice(w.clock)
	w.link = &linker{link: online()}
	w.seed()
	in := w.newInbox(t)
	w.inbox = in
	server := httptest.NewServer(in.Handler())
	t.Cleanup(func() { in.Close(); server.Close() })
	w.url = server.URL
	return w
}

// newInbox is an inbox over the world's data.
func (w *world) newInbox(t *testing.T) *inbox.Inbox {
	t.Helper()
	in, err := inbox.New(inbox.Options{
		Bot: w.office, Store: w.office, Unit: bot.DefaultUnit(), Clock: w.clock, Link: w.link, Texts: texts, Kind: kindName,
		Log: slog.New(slog.NewTextHandler(w.log, nil)),
	})
	require.NoError(t, err)
	return in
}

func (w *world) seed() {
	names := map[int]string{viewer: "ASI विमला साहू", officer: "SI मीना ठाकुर", charge: "Inspector R. K. Thakur", admin: "Admin", second: "HC राकेश यादव", bank: "ASI बीना कुजूर"}
	roles := map[int]bot.Role{viewer: bot.RoleViewer, officer: bot.RoleOfficer, charge: bot.RoleCharge, admin: bot.RoleAdmin, second: bot.RoleOfficer, bank: bot.RoleBank}
	for id, login := range logins {
		w.officers[int64(id)] = bot.Officer{ID: int64(id), Login: login, Name: names[id], Role: roles[id], Password: hash}
	}
	w.resident(sunita, "सुनीता देवी", "9000000210", locales.Hindi, bot.Conversation{State: bot.Waiting, Urgent: true, Reason: bot.ReasonLoss, WaitingSince: ago(12)})
	w.resident(ramesh, "रमेश पटेल", "9000000319", locales.Hindi, bot.Conversation{State: bot.Waiting, Reason: bot.ReasonAsked, WaitingSince: ago(95)})
	w.resident(geeta, "गीता बाई", "9000000577", locales.Hindi, bot.Conversation{State: bot.Waiting, Urgent: true, Reason: bot.ReasonSuicide, WaitingSince: ago(40)})
	w.resident(kavita, "Kavita Nair", "9000000845", locales.English, bot.Conversation{State: bot.Claimed, Officer: second, OfficerName: names[second], Reason: bot.ReasonCheck, WaitingSince: ago(60)})
	w.resident(deepak, "", "9000000318", "", bot.Conversation{State: bot.WithBot})

	w.says(ramesh, ago(95), "अफ़सर से बात करनी है")
	w.says(geeta, ago(41), "मेरा फोटो एडिट करके भेज रहे हैं, बहुत डर लग रहा है")
	w.says(kavita, ago(29), "Bank says the amount is on hold. Thank you!")
	w.says(deepak, ago(118), "क्या यह लिंक असली है? bijli-bill-update.example")
	w.seedSunita()
}

func (w *world) seedSunita() {
	w.says(sunita, ago(33), "मेरे साथ ठगी हो गई। किसी ने बिजली विभाग बोलकर फ़ोन किया और खाते से पैसा कट गया")
	w.answers(sunita, ago(33), "घबराइए मत, आपकी गलती नहीं है। अभी ये दो काम कीजिए:\n*1.* *1930* पर फ़ोन कीजिए।\n*2.* अपने बैंक को फ़ोन करके कहिए: \"ठगी हुई है, मेरा पैसा रोकिए।\"")
	w.writes(bot.Message{Resident: sunita, At: ago(14), Kind: bot.Image, Text: "यह वाला", Media: w.keep(1, "", "image/png", picture())})
	w.writes(bot.Message{Resident: sunita, At: ago(12), Kind: bot.Voice, Media: w.keep(2, "", "audio/ogg", []byte("OggS"))})
	w.writes(bot.Message{Resident: sunita, At: ago(4), Kind: bot.Document, Media: w.keep(3, "Bijli_Bill_Update.apk", "application/vnd.android.package-archive", []byte("PK\x03\x04"))})
	w.notes[sunita] = []bot.Note{{ID: 1, Resident: sunita, Officer: second, Name: "HC राकेश यादव", Text: "दूसरा पैसा Udaan Bank में गया है, वहाँ नोडल को फ़ोन कर रहा हूँ।", At: ago(3)}}
	w.says(sunita, ago(1), "हाँ मैंने वो ऐप डाल दिया था, अब क्या करूँ?")
	w.cases[sunita] = []bot.Case{{
		ID: 1, Number: "BSP-26-001187", Resident: sunita, State: bot.Filed, Kind: "electricity", MoneyGone: true, Urgent: true,
		Reporter: bot.Person{Name: "सुनीता देवी", Phone: "9000000210"}, Thana: "Kotwali", Opened: ago(33), Filed: ago(15),
		Legs: []bot.Leg{
			{Amount: 4950000, When: ago(36), Bank: "Narmada Sahakari Bank", UTR: "632118904417"},
			{Amount: 4900000, When: ago(33), Bank: "Udaan Payments Bank", UTR: "632118905523"},
			{},
		},
		Suspects: []bot.Suspect{{Type: "phone", Value: "9000000774"}, {Type: "upi", Value: "bijli.help@exampleupi"}, {Type: "link", Value: "http://bijli-bill-update.example/pay"}},
	}}
	w.stories[1] = make([]bot.Message, 4)
}

func ago(minutes int) time.Time { return morning.Add(-time.Duration(minutes) * time.Minute) }

func (w *world) resident(id int64, name, phone string, lang locales.Lang, c bot.Conversation) {
	c.Resident = bot.Resident{ID: id, Name: name, Phone: phone, Lang: lang, Since: ago(60 * 24 * 40)}
	w.conversations[id] = c
}

func (w *world) says(resident int64, at time.Time, text string) {
	w.writes(bot.Message{Resident: resident, At: at, Text: text})
}

func (w *world) answers(resident int64, at time.Time, text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.add(bot.Message{Resident: resident, By: bot.ByBot, Kind: bot.Text, Text: text, At: at, Delivery: bot.Read})
}

// keep stores a medium whose type was read from its bytes.
func (w *world) keep(id int64, name, kind string, data []byte) *bot.Media {
	w.bytes[id] = data
	return &bot.Media{
		ID: id, Name: name, Type: kind, Claimed: "image/jpeg", Size: int64(len(data)), State: bot.MediaKept,
		SHA256: strings.Repeat("3fa9c1d7", 8), Duration: 24 * time.Second,
	}
}

func picture() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 120, 160))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	for y := range 40 {
		for x := range 120 {
			img.Set(x, y, color.RGBA{R: 0x1b, G: 0x7a, B: 0x45, A: 0xff})
		}
	}
	var data bytes.Buffer
	if err := png.Encode(&data, img); err != nil {
		panic(err)
	}
	return data.Bytes()
}

// A browser keeps cookies and does not follow redirects.
type browser struct {
	t      *testing.T
	client *http.Client
	url    string
	lang   string
}

// An answer is a response with its body read.
type answer struct {
	*http.Response
	body string
}

func (w *world) browser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &browser{t: t, client: client, url: w.url, lang: "en"}
}

// signedIn is a browser in which an officer is signed in; 0 is nobody.
func (w *world) signedIn(t *testing.T, who int) *browser {
	t.Helper()
	b := w.browser(t)
	if who != 0 {
		require.Equal(t, http.StatusSeeOther, b.signIn(logins[who], password).StatusCode)
	}
	return b
}

func (b *browser) signIn(login, password string) answer {
	return b.post("/sign-in", "login", login, "password", password)
}

func (b *browser) get(path string) answer {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.url+path, nil)
	require.NoError(b.t, err)
	return b.do(r)
}

// post sends a form of names and values in turn.
func (b *browser) post(path string, form ...string) answer {
	b.t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.url+path, strings.NewReader(values.Encode()))
	require.NoError(b.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.do(r)
}

func (b *browser) do(r *http.Request) answer {
	b.t.Helper()
	r.Header.Set("Accept-Language", b.lang)
	response, err := b.client.Do(r)
	require.NoError(b.t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(b.t, err)
	return answer{Response: response, body: string(body)}
}

func botMessage(resident int64, text string) bot.Message {
	return bot.Message{Resident: resident, Text: text}
}
