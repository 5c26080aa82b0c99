package flows

import (
	"strings"

	"mitan/locales"
)

// Words that say for whom a resident reports, in the spellings of [locales.Fold].
// One of another person decides: "मेरी पत्नी के साथ" is the wife's report.
var (
	whoOthers = foldedSet(`कोई किसी और दूसरे पड़ोसी पड़ोसन पत्नी पति बेटा बेटे बेटी बहू माँ मां माता पिता पापा दादा दादी नाना नानी
		भाई बहन दोस्त चाचा चाची मामा मामी सास ससुर उसके उनके इनके इसके घरवाले घरवालों रिश्तेदार
		koi kisi aur dusre padosi padosan padosi patni biwi pati beta bete beti bahu maa mata pita papa dada dadi nana nani
		bhai behan bahan dost chacha chachi mama mami saas sasur uske unke inke iske gharwale rishtedar
		someone somebody else other neighbour neighbor wife husband son daughter mother father brother sister friend uncle aunt parents relative`)
	whoSelf = foldedSet(`मेरे मेरा मेरी मुझे मुझसे मुझ मैं खुद ख़ुद स्वयं अपने हमारे हमसे
		mere mera meri mujhe mujhse mujh main khud apne hamare humare hamse
		me my myself mine self i`)
)

func foldedSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[locales.Fold(word)] = true
	}
	return set
}

// whoIn reads for whom a resident reports out of a few words.
func whoIn(text string) (id string, ok bool) {
	self := false
	for _, word := range strings.Fields(locales.Fold(text)) {
		if whoOthers[word] {
			return "someone", true
		}
		self = self || whoSelf[word]
	}
	return "self", self
}
