package locales

import "strings"

var (
	// paidWords say by themselves that money was given or went.
	paidWords = soundSet(`bhejli bhejlin bhejani vasule vasula vasool वसूले वसूला भेजली repaid remitted wired swindled defrauded fleeced drained wiped conned tricked successful completed bheja bheje bheji bhejwaya bhejwaye bhijva nikalwaye nikalwaya dube doobe bhejdiya bhejdiye bhejvaya bhijvaya bhijwaye bhejis bhejen bhejenv bhejeo dala dale dali dalvaya dalwaye dalwa bhara bhare bhari bharvaya bharwaya
		kata kate kati katgaya katgye katgaye nikala nikale nikle nikalgaye nikalgaya gawaye gawaya ganvaye ganwaye lagaya lagaye lagwaye lagvaye lagwaya
		thagaya thaga thage uda udaye udgaye udaliye lutgaya looted sent paid transferred transfered lost debited deducted withdrawn withdrew gone stolen vanished debits transactions swipes swipe debit niyeche niye nilo niyechhe katlo chole saf gayab gul lootliya
		deposited invested spent swiped siphoned duped cheated scammed given gave went robbed taken took emptied cleared looted pathalam pathiyechi diyechi dilam geche gelo gache geyeche keteche katlo
		भेजा भेजे भेजी भेजदिया भेजवाया भेजवाए भिजवाया भिजवाए भिजवाये भिजवा निकलवाए निकलवाया निकलवा लुटाए डुबाए डूबे डूब डाला डाले डाली डलवाया डलवाए भरा भरे भरी भरवाया भरवाए कटा कटे कटी निकला निकले निकाले निकाला निकली गवाए गंवाए गंवाये गवां लगाए लगाया लगवाए लगवाया
		उड़ाए उड़े ठगे ठगा लूटे कटगे कटिस निकलगे पठाए पठाएंव देहेंव देंव डारेंव भेजेंव भेजनी कटल गइल भेजनि डेबिट साफ गायब गुल`)
	// stems say it with a past ending behind them: "bhej diye", "kat gaye".
	paidStems = soundSet(`kharid khareed fraud thagi dhokha dhokhadhadi scam nuksan nuksaan loss nikasi chori chuna transaction transactions txn payment खरीद फ्रॉड ठगी धोखाधड़ी नुकसान निकासी चोरी चूना ट्रांजेक्शन ट्रांजैक्शन पेमेंट bhej bhaj dal daal de jama tod transfer trasfer transfar transfr pay kat kaat nikal nikaal ud uda chal chala chale chali le ganva gawa lut loot debit deduct gpay phonepe paytm neft imps rtgs
		withdraw invest deposit laga bhar karva karwa thag hadap khinch khich saaf saf paar gayab scan send spend kharch recharge
		भेज डाल दे जमा तोड़ ट्रांसफर ट्रान्सफर पे कट काट निकल निकाल उड़ उड़ा चला चले चली ले गंवा गवां लुट लूट डेबिट निवेश लगा भर ठग हड़प खींच साफ पार गायब करवा स्कैन गूगलपे फोनपे पेटीएम खर्च पठा डार`)
	// endings of the past.
	paidEndings = soundSet(`dehv dehenv dehev dehen denv daren darenv देहौं देहेव देहंव डारेव diya diye di dia die diye dein dihe dihis dihin dehe dis dena liya liye li lia lis lihis gaya gaye gayi gya gye gyi gae gai ge gis gaise gail kiya kiye ki kia kari kara karaya karaye karvaya karwaya karvaye karwaye karwayi
		hua hue hui hogaya hogaye hogya hogye hogayi chuka chuke chuki dala dale dali ho done made
		दिया दिये दिए दी दिहिन दिस देहे लिया लिये लिए ली लिस लिहिस गया गये गए गई गयी गे गिस गइस गेहे गइल किया किये किए की कर करी कराया कराए करवाया करवाए करवाई हुआ हुए हुई होगया चुका चुके चुकी डाला डाले डाली हो देनी दिहनी लेहलस लिहलस`)
	// betweenVerb may stand between a stem and its ending.
	betweenVerb = soundSet("kar kr ke karke ho bhi hi to ho he hai de dia diya कर करके के हो भी ही दे")
	// askedWords say that an amount was only asked for, promised or feared.
	askedWords = soundSet(`pay request mandate रिक्वेस्ट mang maang manga maanga mange maange mangi mangte mangta maangte mangne maangne mangat mangis mangin mangraha demand demanded demanding demands ask asked asking asks wants wanted want need needs
		chahiye chahie chaiye chahi chahte bhejo bhejiye bhejdo bhejne bhejna bhejni dalo daliye dalne dalna bharo bhariye bharne bharna jamakaro dijiye dijie dedo dena dene denge dega degi deni lagega lagenge lagegi lagta karna karne karo kariye kijiye
		milega milenge milegi milne milna dunga denge doonga dilayenge dilaenge jeeta jeete jita jite jeetne won win winner jeet kahe kehte kahte offer offered offering promise promised promising
		will would should must could can going katega katenge katega kategi katne badhkar banega banenge jayega jayenge jayegi threatened threatening warna
		मांग मांगा मांगे मांगी मांगते मांगता मांगने मांगत मांगिस मांगिन मांगथे चाहिए चाही भेजो भेजिए भेजदो भेजने भेजना भेजनी डालो डालिए डालने डालना भरो भरिए भरने भरना दीजिए दो देना देने देंगे देगा देगी लगेगा लगेंगे लगेगी करना करने करो करिए कीजिए
		मिलेगा मिलेंगे मिलेगी मिलने मिलना मिलही देबो दूंगा दिलाएंगे जीता जीते जीतने जीत कटेगा कटेंगे कटेगी कटने बनेगा जाएगा जाएंगे जाएगी डिमांड ऑफर`)
	// otherNouns say what else an amount may be.
	otherNouns = soundSet(`balance bal avlbal avl avbl aval avail available clrbal bacha bache pension pensan salary tankha tankhwah vetan limit loan lone karj karz bill bakaya due dues rent kiraya prize inam inaam lottery lotri cashback offer profit munafa
		fayda discount price kimat keemat worth value fine penalty jurmana income kamai return returns commission fees emi premium point points profit salary baki remaining
		बैलेंस बचा बचे पेंशन पेन्शन तनख्वाह सैलरी वेतन लिमिट लोन कर्ज बिल बकाया किराया इनाम ईनाम लॉटरी लाटरी कैशबैक मुनाफा फायदा छूट कीमत दाम जुर्माना कमाई कमीशन ईएमआई`)
	// notPaidWords deny: nothing went.
	notPaid = soundSet("nahi nahin nhi nai na mat not no never didnt without bina bach नहीं नही नइ ना न मत बिना बच")
	// thiefWords stand for who gave, where it was not the writer.
	theySubjects = soundSet("kisi kisine kisne किसी किसीने usne unhone unhonne uska unka they someone उसने उन्होंने उन्होने वो ओ")
	mineSubjects = soundSet("maine mene meine mainne humne hamne ham i we mere mera meri my me mai main hamare hamara papa mummy pitaji beta bete patni pati मैंने मैने मेने हमने मेरे मेरा मेरी हमारे हमार मोर मंय में मैं हम पापा पिताजी")
	sumWords     = soundSet("total kul kool milakar milake altogether टोटल कुल मिलाकर मिलाके जोड़कर")
	againWords   = soundSet("again dobara dubara doosri dusri second twice phir fir baar bar each next another दोबारा दुबारा फिर बार दूसरी")
	// cameWords say that an amount came in.
	cameWords = soundSet("came come aane aana ane aega आने आना aya aaya aaye aye aayi ayi aayenge milta mila mile credited received got earned dikha dikhta dikh shows showing आया आए आये आई आयी आएगा मिला मिले दिख दिखा दिखता दिखे दिखाई क्रेडिट")
	// goneWords are endings that say by themselves, right behind an amount, that
	// it is gone: "10000 गया".
	goneWords = soundSet("liya liye lia lie li lelia lihis lihin लिया लिए लिये ली लिहिस diya diye di dia die dihe dihen दिया दिये दिए दी दिहिन देहे gaya gaye gayi gya gye gyi gae gai gail ge gis गया गये गए गई गयी गे गिस गइल")
	// beforeGone may stand between.
	beforeGone  = soundSet("par pe ko yani yaani matlab पर पे को यानी यानि मतलब registration medical training form fee fees charge charges gst fd rd tod ke kar karke tax insurance advance delivery courier processing file token security deposit stamp noc customs फीस चार्ज टैक्स एडवांस फॉर्म जीएसटी wala wali payment transaction test ka wale वाला वाली vo wo woh wahi वो वह उ se bhi sab pura poora dono rs rupaye rupay total hi से भी सब पूरा दोनों ही टोटल")
	englishPaid = soundSet("repaid remitted wired swindled defrauded loss txn transaction sent paid transferred transfered lost debited deducted withdrawn withdrew deposited invested spent gave given took stolen duped cheated looted debits transactions pay returned of")
	returnWords = soundSet("returned refunded lautaya lautaye lautaaye लौटाया लौटाए")
	// haveWords before an amount say that it is still there, or what for.
	// goodsWords behind "50 लाख का" make the amount a worth.
	goodsWords = soundSet("fd rd policy saman samaan parcel gift maal phone mobile sofa furniture chashma gadi gaadi bike scooty ticket inam lottery loan draft सामान पार्सल गिफ्ट माल फोन मोबाइल सोफा फर्नीचर चश्मा गाड़ी बाइक टिकट इनाम लॉटरी लोन")
	ofWords    = soundSet("ka ki ke का की के")
	billWords  = soundSet("bill बिल")
	haveWords  = soundSet("have has for")
	// objectBehind are English verbs whose amount stands behind them.
	objectBehind = soundSet("showing shows received got earned wants asking demanding")
	englishAsked = soundSet("demand demanded demanding ask asked asking wants wanted want need offered promised promising promise won win will would should must can going threatened")
	// secretThings are what else is given, sent or filled in.
	secretThings = soundSet("icard idcard slip receipt rasid parchi audio video letter otp cvv pin number card aadhar aadhaar adhar details detail form link app code password passbook atm file photo screenshot आईकार्ड पर्ची रसीद ओटीपी सीवीवी पिन नंबर कार्ड आधार फॉर्म लिंक ऐप एप कोड पासबुक एटीएम फाइल फोटो")
	meWords      = soundSet("mujhe mujhko muje hame hamko मुझे मुझको हमें हमको मोला")
	moreWords    = soundSet("aur or more another और अउ")
	countWords   = soundSet("transaction transactions baar bar times time dafa kisht kist kishton kiston installment installments instalment instalments parts debits payment payments ट्रांजेक्शन ट्रांजैक्शन बार दफा किश्त किस्त")
	backWords    = soundSet("wapas vapas wapis vapis return returned refund refunded वापस वापिस लौट रिफंड reversed")
)

// In Hindi a verb of payment has many forms: भेजा, भेजे, भेजी, भिजवाया, bheja,
// bhejwaye. They are stems with the endings of the past.
var (
	payStems = "kharid khareed katt bhej bhijva bhejva dal dalva kat katva nikal nikalva bhar bharva lagva uda thag lut ganva gava karva khinch chadha भेज भिजवा भेजवा डाल डलवा कट कटवा निकाल निकल निकलवा भर भरवा लगवा उड़ा ठग लुटा गंवा गवां करवा खींच चढ़ा पठा डार खरीद"
	pastEnds = "a e i ya ye yi ai ा े ी या ए ये ई यी"
)

func init() {
	for stem := range strings.FieldsSeq(payStems) {
		for end := range strings.FieldsSeq(pastEnds) {
			if isASCII(stem) == isASCII(end) {
				for form := range soundSet(stem + end) {
					paidWords[form] = true
				}
			}
		}
	}
}
