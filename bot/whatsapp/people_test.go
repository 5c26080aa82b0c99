package whatsapp_test

import (
	"crypto/sha256"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"mitan/bot/whatsapp/fakewa"
)

// A person writes by phone number and by hidden id, in either order and in the
// middle of a talk: one resident, one talk.
func TestOnePersonTwoNames(t *testing.T) {
	for name, hiddenFirst := range map[string]bool{"number first": false, "hidden id first": true} {
		t.Run(name, func(t *testing.T) {
			s := linkedStation(t, fakewa.Options{}, plainSettings)
			first, second := s.phone.Number(), s.phone.Hidden()
			if hiddenFirst {
				first, second = second, first
			}
			ramlal := s.resident(1, "रामलाल")
			for i, said := range []struct{ text, want string }{
				{"पैसा कट गया", "कितना पैसा गया?"}, {"25000", "पैसा कब कटा?"}, {"आज सुबह 9 बजे", "किस बैंक"}, {"sbi", "12 अंकों"},
			} {
				to := first
				if i%2 == 1 {
					to = second
				}
				_, err := ramlal.Say(s.soon(), to, said.text)
				require.NoError(t, err)
				s.hears(ramlal, said.want)
			}
			s.becomes(`SELECT phone FROM resident`, `"9000000001"`)
			s.becomes(`SELECT COUNT(*) FROM alias`, `2`)
			s.becomes(`SELECT COUNT(*), MAX(money_gone) FROM cases`, `1,1`)
		})
	}
}

// Where the service does not say at first that two names are one person's, the
// two residents are joined as soon as it does.
func TestTwoNamesAreJoined(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	ramlal := s.resident(1, "रामलाल")
	ramlal.Phone.TellOneAddress(true)
	_, err := ramlal.Say(s.soon(), s.phone.Hidden(), "पैसा कट गया")
	require.NoError(t, err)
	s.hears(ramlal, "कितना पैसा गया?")
	_, err = ramlal.Say(s.soon(), s.phone.Number(), "नमस्ते")
	require.NoError(t, err)
	s.becomes(`SELECT COUNT(*) FROM message WHERE by = 'resident'`, `2`)
	ramlal.Phone.TellOneAddress(false)
	_, err = ramlal.Say(s.soon(), s.phone.Hidden(), "25000")
	require.NoError(t, err)
	s.becomes(`SELECT COUNT(*), MAX(phone) FROM resident`, `1,"9000000001"`)
	s.becomes(`SELECT text FROM message WHERE by = 'resident' ORDER BY at, id`, `"पैसा कट गया"`, `"नमस्ते"`, `"25000"`)
	s.becomes(`SELECT COUNT(*) FROM cases`, `1`)
}

// One whose phone has a new security code may be somebody else: earlier cases
// are not told until an officer has confirmed who it is.
func TestNewSecurityCode(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	ramlal := s.resident(1, "रामलाल")
	s.says(ramlal, "नमस्ते", "नंबर लिखिए:")
	require.NoError(t, ramlal.Phone.ChangeIdentity(ramlal.Phone.Number()))
	s.becomes(`SELECT changed > 0 FROM resident`, `1`)
	s.shows("/conversations/1", "security code")
	s.post("/conversations/1/confirm-identity", nil)
	s.becomes(`SELECT changed FROM resident`, `0`)
	s.becomes(`SELECT COUNT(*) FROM audit WHERE action = 'identity'`, `1`)
}

// A call is refused while it rings and answered with what to do, once in ten
// minutes; one that was missed is in the officers' queue.
func TestCalls(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	ramlal := s.resident(1, "रामलाल")
	s.says(ramlal, "नमस्ते", "नंबर लिखिए:") // his two names are known from a message; a call does not prove them
	ringing, err := ramlal.Phone.Call(s.phone.Number(), time.Now())
	require.NoError(t, err)
	s.hears(ramlal, "1930")
	require.Eventually(t, func() bool { return strings.Contains(strings.Join(ramlal.Phone.Rejected(), " "), ringing) }, patience, tick)
	_, err = ramlal.Phone.Call(s.phone.Hidden(), time.Now())
	require.NoError(t, err)
	s.becomes(`SELECT COUNT(*) FROM message WHERE kind = 'call'`, `2`)
	s.becomes(`SELECT state, reason FROM conversation`, `"waiting","voice"`)

	geeta := s.resident(2, "गीता")
	s.kill()
	missed, err := geeta.Phone.Call(s.phone.Number(), time.Now().Add(-time.Hour))
	require.NoError(t, err)
	s.start()
	s.becomes(`SELECT state, reason FROM conversation WHERE resident = 2`, `"waiting","voice"`)
	require.NotContains(t, geeta.Phone.Rejected(), missed)
	s.becomes(`SELECT COUNT(*) FROM message WHERE kind = 'call'`, `3`)
	answers := 0
	for _, m := range ramlal.Messages() {
		if strings.Contains(m.Text, "1930") {
			answers++
		}
	}
	require.Equal(t, 1, answers, "one answer to two calls")
}

// What came while no device was linked is taken from the phone's history after
// a new link, once, and answered together; what was known, what was said before
// and what the phone's owner wrote is not.
func TestHistoryAfterANewLink(t *testing.T) {
	for name, uploaded := range map[string]bool{"in the message": false, "uploaded": true} {
		t.Run(name, func(t *testing.T) {
			s := linkedStation(t, fakewa.Options{}, plainSettings)
			ramlal := s.resident(1, "रामलाल")
			known, err := ramlal.Say(s.soon(), s.phone.Number(), "नमस्ते")
			require.NoError(t, err)
			s.hears(ramlal, "नंबर लिखिए:")
			at := ramlal.Messages()[0].At
			s.phone.Unlink(s.device())
			s.shows("/link", "WhatsApp: logged out")
			chat := ramlal.Phone.Number()
			s.phone.SetHistory(fakewa.History{Uploaded: uploaded, Messages: []fakewa.Past{
				{ID: "OLD1", Chat: chat, At: at.Add(-24 * time.Hour), Text: "बहुत पहले"},
				{ID: known, Chat: chat, At: at, Text: "नमस्ते"},
				{ID: "NEW1", Chat: chat, At: at.Add(time.Second), Text: "पैसा कट गया"},
				{ID: "OWN1", Chat: chat, At: at.Add(2 * time.Second), FromMe: true, Text: "फ़ोन से लिखा"},
				{ID: "NEW2", Chat: chat, At: at.Add(3 * time.Second), Text: "25000 चला गया"},
			}})
			s.linkAgain()
			s.becomes(`SELECT text FROM message WHERE by = 'resident' ORDER BY id`, `"नमस्ते"`, `"पैसा कट गया"`, `"25000 चला गया"`)
			s.hears(ramlal, "घबराइए मत")
			s.becomes(`SELECT COUNT(*) FROM message WHERE held = 1`, `0`)
			s.becomes(`SELECT urgent FROM conversation`, `1`)
			s.kill()
			s.start()
			s.online()
			s.becomes(`SELECT COUNT(*) FROM message WHERE by = 'resident'`, `3`)
		})
	}
}

// Where the settings name no number, any phone may be linked; but what another
// phone than the last one tells of its past is not the helpline's.
func TestHistoryOfAnotherPhone(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, strings.Replace(plainSettings, "9000000900", "", 1))
	ramlal := s.resident(1, "रामलाल")
	s.says(ramlal, "नमस्ते", "नंबर लिखिए:")
	at := ramlal.Messages()[0].At
	s.phone.Unlink(s.device())
	s.shows("/link", "WhatsApp: logged out")
	s.phone = s.server.AddPhone("919000000902", "Another")
	s.phone.SetHistory(fakewa.History{Messages: []fakewa.Past{
		{ID: "OWN1", Chat: ramlal.Phone.Number(), At: at.Add(time.Second), Text: "घर की बात"},
	}})
	s.linkAgain()
	s.shows("/link", "WhatsApp: connected")
	s.says(ramlal, "धन्यवाद", "")
	s.becomes(`SELECT text FROM message WHERE by = 'resident' ORDER BY id`, `"नमस्ते"`, `"धन्यवाद"`)
}

// A picture that the service keeps no longer is asked for again of the phone
// that sent it; one that the phone does not have either is given up, and the
// inbox says so.
func TestExpiredMedia(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	ramlal := s.resident(1, "रामलाल")
	s.says(ramlal, "नमस्ते", "नंबर लिखिए:")
	s.kill() // so that nothing is fetched before it has expired
	kept, lost := pngPicture(t), pngPicture(t)
	id, err := ramlal.Image(s.soon(), s.phone.Number(), kept, "")
	require.NoError(t, err)
	gone, err := ramlal.Image(s.soon(), s.phone.Number(), lost, "")
	require.NoError(t, err)
	s.server.ExpireMedia(410)
	s.server.ForgetMedia(gone)
	s.start()
	const of = `SELECT d.state, d.size FROM media d JOIN message m ON m.id = d.message WHERE m.external_id = '`
	s.becomes(of+id+`'`, fmt.Sprintf(`"kept",%d`, len(kept)))
	s.becomes(of+gone+`'`, fmt.Sprintf(`"failed",%d`, len(lost)))
	require.Equal(t, kept, s.file(fmt.Sprintf("%x", sha256.Sum256(kept))))
}

// What cannot be decrypted leaves a placeholder, and is asked for again; what is
// not for us (status, newsletters, groups) leaves nothing.
func TestWhatIsNotForUs(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	ramlal := s.resident(1, "रामलाल")
	_, err := ramlal.Phone.Status(s.phone.Number(), "आज का स्टेटस")
	require.NoError(t, err)
	_, err = ramlal.Phone.Newsletter(s.phone.Number(), "चैनल की ख़बर")
	require.NoError(t, err)
	group, err := ramlal.CreateGroup(s.soon(), "परिवार", s.phone.Number())
	require.NoError(t, err)
	_, err = ramlal.Say(s.soon(), group, "ग्रुप की बात")
	require.NoError(t, err)
	require.NoError(t, ramlal.Phone.Online(s.phone.Number(), true))
	once, err := ramlal.Phone.ViewOnce(s.phone.Number())
	require.NoError(t, err)
	s.becomes(`SELECT external_id, kind FROM message WHERE by = 'resident'`, fmt.Sprintf("%q,%q", once, "view_once"))
	garbage, err := ramlal.Phone.Garbage(s.phone.Number())
	require.NoError(t, err)
	s.becomes(`SELECT external_id, held FROM message WHERE kind = 'unreadable'`, fmt.Sprintf("%q,1", garbage))
	require.Eventually(t, func() bool { return s.server.Pending(s.device()) == 0 }, patience, tick, "all is acked")
}

// The officers' group: an escalation is posted there, an officer's answer that
// quotes it reaches the resident, claim and close work as in the inbox; what
// quotes nothing, and what others write, reaches nobody.
func TestOfficersGroup(t *testing.T) {
	s := newStation(t, fakewa.Options{}, plainSettings)
	meena := s.resident(800, "Meena") // 90000 00800 is an officer
	rakesh := s.resident(801, "Rakesh")
	group, err := meena.CreateGroup(s.soon(), "अफ़सर", s.phone.Number(), rakesh.Phone.Number())
	require.NoError(t, err)
	s.settings(plainSettings + fmt.Sprintf("officers_group = %q\n", group))
	s.start()
	s.signIn()
	s.command("officer", "--data", s.dir, "phone", "meena", "9000000800")
	s.link()

	ramlal := s.resident(1, "रामलाल")
	s.says(ramlal, "अफसर से बात करनी है", "")
	notice, err := meena.WaitFor(s.soon(), func(m fakewa.Received) bool { return strings.Contains(m.Text, "claim") })
	require.NoError(t, err)
	require.NotContains(t, notice.Text, "90000", "no number in the group")

	_, err = meena.Say(s.soon(), group, "यह किसी को नहीं जाता")
	require.NoError(t, err)
	_, err = rakesh.Quote(s.soon(), group, notice.ID, "मैं अफ़सर नहीं हूँ")
	require.NoError(t, err)
	_, err = meena.Quote(s.soon(), group, notice.ID, "claim")
	require.NoError(t, err)
	s.becomes(`SELECT state FROM conversation`, `"claimed"`)
	answer, err := meena.Quote(s.soon(), group, notice.ID, "जी रामलाल जी, बताइए।")
	require.NoError(t, err)
	s.hears(ramlal, "जी रामलाल जी, बताइए।")
	_, err = meena.WaitFor(s.soon(), func(m fakewa.Received) bool { return m.Kind == "reaction" && m.Text == "✅" })
	require.NoError(t, err)
	for _, change := range []func() (string, error){
		func() (string, error) { return meena.Edit(s.soon(), group, answer, "कुछ और") },
		func() (string, error) { return meena.Delete(s.soon(), group, answer) },
	} {
		told := len(meena.Messages())
		_, err = change()
		require.NoError(t, err)
		require.Eventually(t, func() bool { return len(meena.Messages()) > told }, patience, tick, "the officer is told that it stays")
		require.Contains(t, meena.Messages()[told].Text, "नहीं बदलता")
	}
	_, err = meena.Quote(s.soon(), group, notice.ID, "close")
	require.NoError(t, err)
	s.becomes(`SELECT state FROM conversation`, `"closed"`)
	for _, m := range ramlal.Messages() {
		require.NotContains(t, m.Text, "किसी को नहीं")
		require.NotContains(t, m.Text, "अफ़सर नहीं हूँ")
		require.NotContains(t, m.Text, "कुछ और")
	}
	s.becomes(`SELECT COUNT(*) FROM message WHERE by = 'officer'`, `1`)
}

// Typing shows before a reply, for as long as a person would type.
func TestTyping(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, strings.Replace(plainSettings, "typing = false", "typing = true", 1))
	ramlal := s.resident(1, "रामलाल")
	sent := time.Now()
	s.says(ramlal, "नमस्ते", "नंबर लिखिए:")
	require.GreaterOrEqual(t, time.Since(sent), time.Second)
	require.Positive(t, ramlal.Typing())
	require.NoError(t, ramlal.WaitReceipt(s.soon(), s.firstID(), "read"))
}

// firstID is the id of the first message of a resident.
func (s *station) firstID() string {
	s.Helper()
	return unquoted(s.rows(`SELECT external_id FROM message WHERE by = 'resident' ORDER BY id LIMIT 1`))[0]
}

// While the link is down what officers write waits, and the page says so.
func TestOfficersWordsWait(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	ramlal := s.resident(1, "रामलाल")
	s.says(ramlal, "अफसर", "")
	s.becomes(`SELECT state FROM conversation`, `"waiting"`)
	s.post("/conversations/1/claim", nil)
	s.server.Stop()
	s.shows("/link", "WhatsApp: cut off")
	s.post("/conversations/1/reply", url.Values{"text": {"मैं देख रही हूँ"}})
	s.shows("/conversations/1", "Waits for the link")
	s.kill() // and over a restart of the program
	require.NoError(t, s.server.Start())
	s.start()
	s.hears(ramlal, "मैं देख रही हूँ")
	s.becomes(`SELECT delivery, attempts FROM message WHERE by = 'officer'`, `"delivered",0`)
	require.Zero(t, ramlal.Garbled(), "the first message after a restart can be read at once")
}
