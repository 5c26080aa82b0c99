package flows

import "mitan/bot"

// Sources that several tips share.
const (
	generalKnowledge = "general knowledge; to be confirmed by the unit"
	bilaspurReport   = "news report on Bilaspur police's Cyber Mitan campaign, September 2020"
	gurugramReport   = "news report on Gurugram cyber police's bank call centre, January 2024"
	biharReport      = "news report on Bihar's power company and the Economic Offences Unit"
	kolkataReport    = "news report on Kolkata police's WhatsApp numbers and household visits"
	kanpurReport     = "news report on KESCO, Kanpur, and false electricity calls"
)

// TipList are the safety tips in the order in which subscribers get them, each
// with the source of its fact.
var TipList = []bot.Tip{
	{Key: "tip.call_first", Source: "chenabtimes, cyberbaap, kalingatv; " + gurugramReport},
	{Key: "tip.otp", Source: generalKnowledge},
	{Key: "tip.electricity", Source: biharReport},
	{Key: "tip.pin", Source: "indiatvnews 2025-08-15"},
	{Key: "tip.video_arrest", Source: "thefederal, ntnews"},
	{Key: "tip.never_ask", Source: "the unit's own rule"},
	{Key: "tip.challan", Source: "etvbharat 2026-01-09"},
	{Key: "tip.lottery", Source: bilaspurReport},
	{Key: "tip.old_number", Source: generalKnowledge},
	{Key: "tip.customer_care", Source: generalKnowledge},
	{Key: "tip.keep_proof", Source: "cyberbaap; moneycontrol 12805728, cyberaidbase"},
	{Key: "tip.job", Source: "navabharat, amritvichar"},
	{Key: "tip.screen", Source: generalKnowledge},
	{Key: "tip.tell_anyway", Source: biharReport},
	{Key: "tip.deposit", Source: bilaspurReport},
	{Key: "tip.family_word", Source: generalKnowledge},
	{Key: "tip.bill_counter", Source: kanpurReport},
	{Key: "tip.points", Source: "latestly 2025-12-27"},
	{Key: "tip.no_shame", Source: gurugramReport},
	{Key: "tip.profit", Source: generalKnowledge},
	{Key: "tip.dial_code", Source: "indiatvnews 2024-01-12, thequint"},
	{Key: "tip.portal", Source: "cyberbaap"},
	{Key: "tip.network", Source: "fashionnewsera, himachalikhabar"},
	{Key: "tip.see_goods", Source: kolkataReport},
	{Key: "tip.threat_video", Source: "jantaserishta"},
	{Key: "tip.links", Source: kolkataReport},
	{Key: "tip.bank_site", Source: "freepressjournal 2025-11-12"},
	{Key: "tip.account_rent", Source: generalKnowledge},
	{Key: "tip.chakshu", Source: "sentinelassam"},
	{Key: "tip.gift", Source: generalKnowledge},
	{Key: "tip.sms_name", Source: "campaignsms"},
	{Key: "tip.neighbour", Source: kolkataReport},
}
