package fraud

import (
	"slices"
	"strings"
)

// A place is what a link's host tells.
type place int

const (
	noPlace   place = iota
	foreign         // of nobody that we know
	bait            // of nobody that we know, with a word that thieves' links have
	official        // of an office, a bank or a firm that we know
	shortener       // hides where it goes
	chat            // a chat or a group
	lookalike       // has a known name in a domain that is not that one's
)

// wordList makes a look-up set.
func wordList(list string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// Endings of host names. The second list is also common in sentences that lack
// a space after the full stop, so they count only with a path behind them or a
// sign or digit before.
var (
	endings = wordList(`com net org info biz xyz top online site shop club icu cc buzz store dev page vip
		example test gov edu bank web cloud tech space website fun ltd pro mobi asia ru cn uk us au in co apk tk ml
		cf gq ga pw ws rest cyou monster sbs cfd quest bond link app ly gd bar mom lol gle sbi`)
	weakEndings = wordList(`me io to gl is so do at be it am id ai tv la live click win work loan finance money help
		support care today services center zone world life email deals offers gift bid trade date men party`)
)

// officialEndings belong to offices and banks alone.
var officialEndings = []string{".gov.in", ".nic.in", ".bank.in", ".mil.in", ".sbi", ".ac.in", ".edu.in", ".res.in"}

// officialHosts are the domains of banks, firms and offices that residents meet.
// A page below one of them is theirs too.
var officialHosts = wordList(`sbi.co.in onlinesbi.com hdfcbank.com hdfcbk.io icicibank.com axisbank.com kotak.com pnbindia.in
	bankofbaroda.in bankofindia.co.in canarabank.com unionbankofindia.co.in centralbankofindia.co.in idbi.com
	idfcfirstbank.com yesbank.in indusind.com federalbank.co.in rblbank.com bandhanbank.com indianbank.in ucobank.com
	rbi.org.in npci.org.in sebi.gov.in nseindia.com bseindia.com licindia.in epfindia.com sbicard.com sbilife.co.in
	paytm.com phonepe.com google.com google.co.in gpay.app bharatpe.com amazon.in amazon.com amzn.in amzn.to
	flipkart.com fkrt.it myntra.com meesho.com ajio.com nykaa.com jiomart.com bigbasket.com blinkit.com zepto.com
	swiggy.com zomato.com olacabs.com uber.com rapido.bike irctc.co.in makemytrip.com redbus.in goibibo.com
	airtel.in jio.com myvi.in vi.in bsnl.co.in tataplay.com dishtv.in
	delhivery.com bluedart.com dtdc.in dtdc.com fedex.com dhl.com ekartlogistics.com ecomexpress.in xpressbees.com
	cspdcl.co.in nbpdcl.co.in sbpdcl.co.in kesco.co.in uppclonline.com bsesdelhi.com tatapower.com tatapower-ddl.com
	adanielectricity.com bescom.co.in mahadiscom.in cesc.co.in wbsedcl.in torrentpower.com iocl.com indianoil.in
	bharatgas.com ebharatgas.com hpgas.com mylpg.in youtube.com youtu.be facebook.com instagram.com twitter.com x.com
	linkedin.com wikipedia.org play.google.com apps.apple.com whatsapp.com telegram.org microsoft.com apple.com
	netflix.com hotstar.com bookmyshow.com practo.com apollo247.com apollopharmacy.in 1mg.com pharmeasy.in
	policybazaar.com bajajfinserv.in bajajfinance.in tatacapital.com hdfclife.com icicilombard.com starhealth.in
	zerodha.com groww.in upstox.com cred.club mobikwik.com freecharge.in naukri.com indeed.com shaadi.com
	bharatmatrimony.com jeevansathi.com olx.in quikr.com ndtv.com indiatimes.com bhaskar.com jagran.com amarujala.com
	aajtak.in thehindu.com bbc.com bbc.co.uk indianexpress.com hindustantimes.com news18.com pib.gov.in etvbharat.com
	abplive.com patrika.com naidunia.com livehindustan.com fastag.com ihmcl.com ihmcl.co.in newindia.co.in
	nationalinsurance.nic.co.in uiic.co.in orientalinsurance.org.in hdfcergo.com bajajallianz.com tataaig.com maxlifeinsurance.com
	iciciprulife.com kotaklife.com muthootfinance.com manappuram.com homecredit.co.in shriramfinance.in ltfs.com hdbfs.com
	iglonline.net mahanagargas.com gujaratgas.com reliancedigital.in tatacliq.com croma.com lenskart.com titanencircle.com
	dmart.in lalpathlabs.com thyrocare.com apollohospitals.com goindigo.in airindia.com spicejet.com
	akasaair.com cleartrip.com easemytrip.com abhibus.com tcs.com infosys.com wipro.com hcltech.com
	teamlease.com foundit.in apna.co internshala.com mcraipur.in utiitsl.com protean-tinpan.com nsdl.co.in`)

// shorteners hide where a link goes. freeHosts let anybody put up a page.
var (
	shorteners = wordList(`bit.ly tinyurl.com goo.gl t.ly rb.gy cutt.ly is.gd ow.ly shorturl.at tiny.cc s.id v.gd rebrand.ly
		bl.ink short.io lnkd.in buff.ly adf.ly t.co shorte.st u.to qr.ae tny.im soo.gd x.co bitly.ws bitly.com shrtco.de
		clck.ru n9.cl kutt.it urlz.fr 1url.com tr.im dub.sh linktr.ee t2m.io gg.gg bit.do surl.li short.gy`)
	freeHosts = wordList(`blogspot.com weebly.com wixsite.com web.app firebaseapp.com netlify.app vercel.app github.io ngrok.io
		ngrok.app ngrok-free.app 000webhostapp.com herokuapp.com pages.dev workers.dev glitch.me page.link
		sites.google.com docs.google.com forms.gle drive.google.com mediafire.com godaddysites.com wordpress.com
		duckdns.org repl.co onrender.com square.site mystrikingly.com jotform.com dropbox.com`)
	chatHosts = wordList("wa.me t.me chat.whatsapp.com api.whatsapp.com telegram.me telegram.dog signal.me wa.link")
)

// names are those that thieves put into their own domains: of banks, firms and
// offices.
var names = strings.Fields(`sbi yono hdfc icici axisbank axis kotak pnb bob canara unionbank boi bankofindia bankofbaroda
	idfc yesbank indusind rbi npci paytm phonepe gpay googlepay bhim upi amazon flipkart myntra meesho airtel jio bsnl
	vodafone trai fedex dhl bluedart indiapost dtdc delhivery ekart speedpost incometax efiling itr uidai aadhaar aadhar
	epfo pmkisan ayushman parivahan echallan vahan rto fastag irctc uppcl cspdcl nbpdcl sbpdcl kesco mahadiscom kbc olx
	whatsapp lic sebi cbi anydesk zerodha groww naukri govt gov nic`)

// baits are words of a domain that promise or threaten what thieves do.
var baits = strings.Fields(`kyc reward redeem cashback refund lottery lucky prize winner gift offer bonus claim challan bijli
	electricity discom unblock verify update secure login netbanking ebanking banking support helpline customercare
	kisan yojana pancard loan wallet parcel courier customs earn double profit crypto forex invest trade task apk`)

// breakLink shows a link so that no phone makes it one.
func breakLink(link string) string {
	low := strings.ToLower(link)
	for _, start := range []string{"https://", "http://", "hxxps://", "hxxp://"} {
		if strings.HasPrefix(low, start) {
			link = link[len(start):]
			break
		}
	}
	return strings.ReplaceAll(link, ".", "[.]")
}

// hostOf returns the host of what may be a link, in lower case, and whether it
// is one.
func hostOf(s string) (host string, ok bool) {
	low := strings.ToLower(strings.NewReplacer("[.]", ".", "(.)", ".", "[dot]", ".").Replace(s))
	scheme := false
	for _, start := range []string{"https://", "http://", "hxxps://", "hxxp://"} {
		if rest, cut := strings.CutPrefix(low, start); cut {
			low, scheme = rest, true
			break
		}
	}
	if rest, cut := strings.CutPrefix(low, "www."); cut {
		low, scheme = rest, true
	}
	end := strings.IndexAny(low, "/?#:")
	host, path := low, ""
	if end >= 0 {
		host, path = low[:end], low[end:]
	}
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		if !scheme {
			return "", false
		}
		host = host[at+1:]
	}
	host = strings.TrimSuffix(host, ".")
	dot := strings.LastIndexByte(host, '.')
	if dot < 1 || !hostLetters(host) {
		return "", false
	}
	if scheme {
		return host, true
	}
	ending := host[dot+1:]
	marked := len(path) > 1 && path[0] == '/' || strings.ContainsAny(host[:dot], "-.0123456789")
	switch {
	case ending == "apk":
		return "", false
	case ending == "in", ending == "co":
		return host, marked || dot >= 5
	case endings[ending]:
		return host, true
	case weakEndings[ending]:
		return host, marked
	}
	return "", false
}

func hostLetters(host string) bool {
	for i := range len(host) {
		b := host[i]
		if !(b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '-' || b == '.') || b == '.' && i > 0 && host[i-1] == '.' {
			return false
		}
	}
	return host[0] != '.' && host[0] != '-'
}

// placeOf tells what a host is.
func placeOf(host string) place {
	for _, ending := range officialEndings {
		if strings.HasSuffix(host, ending) {
			return official
		}
	}
	switch {
	case below(host, freeHosts):
		if hasWord(host, names) {
			return lookalike
		}
		return bait
	case below(host, chatHosts):
		return chat
	case below(host, shorteners):
		return shortener
	case below(host, officialHosts), isOwn(host):
		return official
	case hasWord(host, names):
		return lookalike
	case hasWord(host, baits):
		return bait
	}
	return foreign
}

// ownEndings are those under which a firm's own name can only be its own.
var ownEndings = []string{".com", ".in", ".co.in", ".org", ".org.in", ".net.in"}

// isOwn reports whether a host belongs to a known name's own domain: bsnl.in and
// what is below it.
func isOwn(host string) bool {
	for _, ending := range ownEndings {
		label, ok := strings.CutSuffix(host, ending)
		if !ok {
			continue
		}
		if i := strings.LastIndexByte(label, '.'); i >= 0 {
			label = label[i+1:]
		}
		if len(label) >= 3 && slices.Contains(names, label) {
			return true
		}
	}
	return false
}

// below reports whether a host, or a domain that it is part of, is in a list.
func below(host string, list map[string]bool) bool {
	for {
		if list[host] {
			return true
		}
		_, rest, ok := strings.Cut(host, ".")
		if !ok {
			return false
		}
		host = rest
	}
}

// minGlued is how long a name must be to be seen inside a longer word: clinic
// has nothing to do with nic.
const minGlued = 5

// hasWord reports whether a host has a word of a list in it, its digits read as
// the letters that they look like.
func hasWord(host string, list []string) bool {
	for _, plain := range []string{host, unleet(host, 'i'), unleet(host, 'l')} {
		labels := strings.FieldsFunc(plain, func(r rune) bool { return r == '.' || r == '-' || r >= '0' && r <= '9' })
		for _, label := range labels[:max(len(labels)-1, 0)] {
			for _, name := range list {
				if label == name || len(name) >= minGlued && strings.Contains(label, name) || isPair(label, name) {
					return true
				}
			}
		}
	}
	return false
}

// isPair reports whether a label is a short name and a bait or another name
// written as one word, such as sbikyc.
func isPair(label, name string) bool {
	rest, ok := strings.CutPrefix(label, name)
	if !ok {
		if rest, ok = strings.CutSuffix(label, name); !ok {
			return false
		}
	}
	if rest == "bank" || rest == "card" || rest == "pay" || rest == "online" || rest == "india" || rest == "care" || rest == "bill" {
		return true
	}
	for _, list := range [][]string{baits, names} {
		for _, other := range list {
			if rest == other || len(other) >= minGlued && strings.HasPrefix(rest, other) {
				return true
			}
		}
	}
	return false
}
