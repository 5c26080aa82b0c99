package inbox_test
import ("testing";"os";"time";"strings"
"github.com/chromedp/chromedp")
func TestShot(t *testing.T) {
	for size, wh := range map[string][2]int64{"desk": {1366, 768}, "phone": {390, 844}, "small": {320, 568}} {
	b := newTab(t, wh[0], wh[1], map[string]string{"desk":"light","phone":"dark","small":"light"}[size])
	lang := map[string]string{"desk":"en","phone":"hi","small":"hi"}[size]
	w := newWorld(t)
	w.Claim(t.Context(), w.officers[officer], sunita, false)
	b.open(w.url + "/sign-in")
	if lang != "en" { b.click(`form[action="/language"] button`); b.until(`document.documentElement.lang === "hi"`) }
	b.signIn(w, officer)
	shoot := func(p string) { b.do(chromedp.Sleep(300*time.Millisecond)); os.WriteFile("/tmp/dshots/"+strings.Join([]string{size,p},"-")+".png", b.picture(), 0o600) }
	shootTeam(t, b, w, shoot)
	w.readies()
	b.open(w.url+"/")
	b2 := w.signedIn(t, charge)
	_ = b2
	t.Log(b.complained())
	}
}
