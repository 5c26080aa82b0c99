package whatsapp_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"mitan/bot/whatsapp/fakewa"
)

// An old man reports a loss, in Hindi, with a picture and his voice, and an
// officer answers him from the inbox's page.
func TestReportOverWhatsApp(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	ramlal := s.resident(1, "रामलाल")
	s.says(ramlal, "नमस्ते", "नंबर लिखिए:")
	s.says(ramlal, "पैसा कट गया", "कितना पैसा गया?")
	s.says(ramlal, "25000", "पैसा कब कटा?")
	s.says(ramlal, "आज सुबह 9 बजे", "किस बैंक")
	s.says(ramlal, "sbi", "12 अंकों का एक नंबर")
	s.says(ramlal, "123456789012", "और भी पैसा कटा है?")
	s.says(ramlal, "2", "ठग ने क्या किया?")
	s.says(ramlal, "1", "ठग का फ़ोन नंबर")
	s.says(ramlal, "90000 00098", "अपने शब्दों में बताइए")
	s.says(ramlal, "एक आदमी का फ़ोन आया, बोला बिजली कट जाएगी", "मिल गया")

	picture, recording := pngPicture(t), oggRecording()
	_, err := ramlal.Image(s.soon(), s.phone.Number(), picture, "बैंक का मैसेज")
	require.NoError(t, err)
	s.hears(ramlal, "मिल गया")
	_, err = ramlal.Voice(s.soon(), s.phone.Number(), recording, 32)
	require.NoError(t, err)
	s.hears(ramlal, "मिल गया")
	s.says(ramlal, "1", "यह किसके साथ हुआ?")
	s.says(ramlal, "1", "और आपका नाम क्या है?")
	s.says(ramlal, "रामलाल साहू", "क्या सब सही है?")
	filed := s.says(ramlal, "हाँ", "आपकी बात दर्ज हो गई")
	require.Contains(t, filed.Text, "BSP-")

	// The evidence is byte for byte what the phone sent, under its SHA-256.
	s.becomes(`SELECT kind, d.state, d.sha256, d.type, d.duration FROM media d JOIN message m ON m.id = d.message JOIN evidence e ON e.message = m.id ORDER BY m.id`,
		fmt.Sprintf(`"image","kept","%x","image/png",0`, sha256.Sum256(picture)),
		fmt.Sprintf(`"voice","kept","%x","audio/ogg",32000`, sha256.Sum256(recording)))
	for _, sent := range [][]byte{picture, recording} {
		require.Equal(t, sent, s.file(fmt.Sprintf("%x", sha256.Sum256(sent))))
	}

	// Every message was marked as read.
	s.becomes(`SELECT state, urgent FROM conversation`, `"waiting",1`)

	// The officer claims and answers; the answer's receipts are in the inbox.
	s.signIn()
	s.post("/conversations/1/claim", nil)
	s.post("/conversations/1/reply", map[string][]string{"text": {"मैं SI मीना हूँ। बैंक को ख़बर कर दी है।"}})
	answer := s.hears(ramlal, "बैंक को ख़बर कर दी है")
	s.becomes(`SELECT delivery FROM message WHERE by = 'officer'`, `"delivered"`)
	require.NoError(t, ramlal.Read(s.soon(), answer.ID))
	s.becomes(`SELECT delivery FROM message WHERE by = 'officer'`, `"read"`)
	s.shows("/conversations/1", `class="tick read"`)
}

// Everything that an officer can send arrives as what it is, with the words of
// the resident that it answers.
func TestOfficerSendsFilesAndQuotes(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	geeta := s.resident(2, "गीता")
	asked, err := geeta.Say(s.soon(), s.phone.Hidden(), "अफसर से बात करनी है")
	require.NoError(t, err)
	s.becomes(`SELECT state FROM conversation`, `"waiting"`)
	s.signIn()
	s.post("/conversations/1/claim", nil)

	s.post("/conversations/1/reply", map[string][]string{"text": {"जी, बताइए।"}, "quote": {asked}})
	answer := s.hears(geeta, "जी, बताइए।")
	require.Equal(t, asked, answer.QuoteID)

	picture, recording, paper := pngPicture(t), oggRecording(), []byte("%PDF-1.4\nनमूना\n")
	s.sendFile(1, "यह फ़ॉर्म ऐसा दिखता है", "form.png", picture)
	s.sendFile(1, "", "bol.ogg", recording)
	s.sendFile(1, "यह पर्ची है", "parchi.pdf", paper)
	for _, want := range []struct {
		kind, text, name string
		content          []byte
	}{
		{"image", "यह फ़ॉर्म ऐसा दिखता है", "", picture},
		{"voice", "", "", recording},
		{"document", "यह पर्ची है", "parchi.pdf", paper},
	} {
		got, err := geeta.WaitFor(s.soon(), func(m fakewa.Received) bool { return m.Kind == want.kind })
		require.NoError(t, err)
		require.Equal(t, want.text, got.Text)
		require.Equal(t, want.name, got.Name)
		require.True(t, bytes.Equal(want.content, got.Bytes), want.kind)
	}
}

// A resident becomes a Cyber Mitan by the campaign's own words, and another
// asks for the tips.
func TestEnrolAndTipsOverWhatsApp(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	geeta := s.resident(2, "गीता")
	s.says(geeta, "मैं हूं साइबर मितान", "क्या आपको साइबर मितान बनना है?")
	s.says(geeta, "हां", "आपका नाम क्या है?")
	s.says(geeta, "गीता देवी", "18 साल")
	s.says(geeta, "हां", "किस थाने")
	s.says(geeta, "बिल्हा", "मोहल्ला या गाँव")
	s.says(geeta, "पेंडरवा", "मंज़ूर है?")
	s.says(geeta, "हां", "आप अब *साइबर मितान* हैं")
	s.hears(geeta, "https://wa.me/"+helplineNumber)
	s.becomes(`SELECT name, thana, place FROM volunteer`, `"गीता देवी","Bilha","पेंडरवा"`)

	imran := s.resident(3, "Imran")
	s.says(imran, "टिप्स शुरू", "")
	s.becomes(`SELECT resident, active FROM subscription`, `2,1`)
}

// A menu comes as a poll too; the vote is an answer, the last one counts, and
// typed numbers work as ever.
func TestPollIsAnswered(t *testing.T) {
	for name, hidden := range map[string]bool{"by phone number": false, "by hidden id": true} {
		t.Run(name, func(t *testing.T) {
			s := linkedStation(t, fakewa.Options{}, plainSettings+"polls = true\n")
			to := s.phone.Number()
			if hidden {
				to = s.phone.Hidden()
			}
			geeta := s.resident(2, "गीता")
			_, err := geeta.Say(s.soon(), to, "नमस्ते")
			require.NoError(t, err)
			menu, err := geeta.WaitFor(s.soon(), func(m fakewa.Received) bool { return m.Kind == "poll" })
			require.NoError(t, err)
			require.Contains(t, menu.Options[0], "ठगी हुई")
			_, err = geeta.Vote(s.soon(), menu.ID, menu.Options[0])
			require.NoError(t, err)
			s.hears(geeta, "क्या पैसा चला गया है?")
			gone, err := geeta.WaitFor(s.soon(), func(m fakewa.Received) bool { return m.Kind == "poll" && m.ID != menu.ID })
			require.NoError(t, err)
			_, err = geeta.Vote(s.soon(), gone.ID, gone.Options[0])
			require.NoError(t, err)
			s.hears(geeta, "घबराइए मत")
			s.becomes(`SELECT state, money_gone FROM cases`, `"draft",1`)

			// A vote in a poll whose question is over changes no answer by stealth.
			_, err = geeta.Vote(s.soon(), gone.ID, gone.Options[1])
			require.NoError(t, err)
			s.hears(geeta, "वापस")
			s.becomes(`SELECT state, money_gone FROM cases`, `"draft",1`)
		})
	}
}

// What a resident changes or deletes stays as it was first, and is marked.
func TestEditsAndDeletionsAreKept(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	ramlal := s.resident(1, "रामलाल")
	s.says(ramlal, "पैसा कट गया", "कितना पैसा गया?")
	id, err := ramlal.Say(s.soon(), s.phone.Number(), "2500")
	require.NoError(t, err)
	s.hears(ramlal, "पैसा कब कटा?")
	_, err = ramlal.Edit(s.soon(), s.phone.Number(), id, "25000")
	require.NoError(t, err)
	s.hears(ramlal, "वापस")
	_, err = ramlal.Delete(s.soon(), s.phone.Number(), id)
	require.NoError(t, err)
	s.becomes(`SELECT kind, text, edited > 0, deleted > 0 FROM message WHERE by = 'resident' ORDER BY id`,
		`"text","पैसा कट गया",0,0`, `"text","2500",1,1`, `"edit","25000",0,0`, `"deletion","",0,0`)
	_, err = ramlal.React(s.soon(), s.phone.Number(), ramlal.Messages()[0].ID, "👍")
	require.NoError(t, err)
	s.becomes(`SELECT kind, text FROM message WHERE kind = 'reaction'`, `"reaction","👍"`)
	s.says(ramlal, "आज सुबह 9 बजे", "किस बैंक") // the talk stands where it stood
}

// What else phones send: each is kept, and the resident hears something kind.
func TestOtherKinds(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	ctx, to := s.soon(), s.phone.Number()
	ramlal := s.resident(1, "रामलाल")
	s.says(ramlal, "नमस्ते", "नंबर लिखिए:")
	photo := pngPicture(t)
	for _, sent := range []struct {
		kind string
		send func() (string, error)
	}{
		{"contact", func() (string, error) {
			return ramlal.Contact(ctx, to, "बिजली वाला", "+91 90000 00098")
		}},
		{"location", func() (string, error) {
			return ramlal.Location(ctx, to, 22.0797, 82.1409, "गोल बाज़ार")
		}},
		{"sticker", func() (string, error) {
			return ramlal.Sticker(ctx, to, []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"))
		}},
		{"document", func() (string, error) {
			return ramlal.Document(ctx, to, []byte("PK\x03\x04 not an app"), "RTO.apk", "application/vnd.android.package-archive")
		}},
		{"video", func() (string, error) {
			return ramlal.Video(ctx, to, []byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"), "")
		}},
		{"image", func() (string, error) { return ramlal.ViewOnce(ctx, to, photo) }},
		{"other", func() (string, error) { return ramlal.Unsupported(ctx, to, "x") }},
		{"other", func() (string, error) { return ramlal.Poll(ctx, to, "कब?", "आज", "कल") }},
	} {
		before := len(ramlal.Messages())
		id, err := sent.send()
		require.NoError(t, err, sent.kind)
		s.becomes(`SELECT kind FROM message WHERE external_id = '`+id+`'`, `"`+sent.kind+`"`)
		require.Eventually(t, func() bool { return len(ramlal.Messages()) > before }, patience, tick, "%s is answered", sent.kind)
	}
	forwarded, err := ramlal.Forward(ctx, to, "आपका बिजली कनेक्शन आज रात 9:30 बजे कट जाएगा, 90000 00098 पर फ़ोन करें")
	require.NoError(t, err)
	s.becomes(`SELECT forwarded FROM message WHERE external_id = '`+forwarded+`'`, `1`)
	s.becomes(`SELECT COUNT(*) FROM media WHERE state <> 'kept'`, `0`)
}

// The log of a talk names nobody.
func TestLogOfATalkNamesNobody(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	ramlal := s.resident(1, "रामलाल")
	s.says(ramlal, "पैसा कट गया", "कितना पैसा गया?")
	s.server.CutOff(s.phone.Companions()[0], fakewa.CutReset)
	s.says(ramlal, "25000", "पैसा कब कटा?")
	log := s.stop()
	for _, secret := range []string{"90000", "रामलाल", "25000", "पैसा", "@lid", "@s.whatsapp"} {
		require.NotContains(t, log, secret)
	}
}

// tick is how often a test looks.
const tick = 20_000_000 // 20 ms

// file is a kept file's bytes.
func (s *station) file(sha256 string) []byte {
	s.Helper()
	found := ""
	require.NoError(s, filepath.WalkDir(filepath.Join(s.dir, "media"), func(path string, _ os.DirEntry, err error) error {
		if strings.Contains(path, sha256) || strings.Contains(strings.ReplaceAll(path, "/", ""), sha256) {
			found = path
		}
		return err
	}))
	require.NotEmpty(s, found)
	content, err := os.ReadFile(found)
	require.NoError(s, err)
	return content
}

// pngPicture is a picture of some size that compresses badly.
func pngPicture(t *testing.T) []byte {
	t.Helper()
	picture := image.NewNRGBA(image.Rect(0, 0, 200, 300))
	for i := range picture.Pix {
		picture.Pix[i] = byte(rand.Uint32())
	}
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, picture))
	return out.Bytes()
}

// oggRecording is the head of an Ogg Opus file, with noise for sound.
func oggRecording() []byte {
	page := append([]byte("OggS\x00\x02"), make([]byte, 20)...)
	page = append(page, 1, 19)
	page = append(page, "OpusHead\x01\x01\x00\x00\x80\x3e\x00\x00\x00\x00\x00"...)
	for range 40_000 {
		page = append(page, byte(rand.Uint32()))
	}
	return page
}
