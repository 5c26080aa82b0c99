package inbox

import (
	"net/http"

	"mitan/bot"
)

// A route is one address of the inbox.
type route struct {
	Method  string
	Pattern string   // as net/http's ServeMux reads it
	Least   bot.Role // the least role that may use it; "" for anybody
	handle  handler
}

// A handler answers one request. An error that it returns is turned into a
// page by fail.
type handler func(in *Inbox, w http.ResponseWriter, r *http.Request, v visit) error

// routes are all addresses, one row each. A new page is a row here, a handler
// in a file of its own, and a template.
func routes() []route {
	return []route{
		{"GET", "/healthz", "", (*Inbox).health},
		{"GET", "/static/{file...}", "", (*Inbox).static},
		{"GET", "/sign-in", "", (*Inbox).signInPage},
		{"POST", "/sign-in", "", (*Inbox).signIn},
		{"POST", "/language", "", (*Inbox).chooseLanguage},
		{"POST", "/theme", "", (*Inbox).chooseTheme},
		{"GET", "/menus", bot.RoleCharge, (*Inbox).menusPage},
		{"POST", "/sign-out", bot.RoleViewer, (*Inbox).signOut},
		{"GET", "/{$}", bot.RoleViewer, (*Inbox).queuePage},
		{"GET", "/events", bot.RoleViewer, (*Inbox).events},
		{"GET", "/sign-in/code", "", (*Inbox).codePage},
		{"POST", "/sign-in/code", "", (*Inbox).signInCode},
		{"POST", "/sign-in/passkey/options", "", (*Inbox).askToUsePasskey},
		{"POST", "/sign-in/passkey", "", (*Inbox).signInPasskey},
		{"GET", "/unlock", bot.RoleViewer, (*Inbox).unlockPage},
		{"POST", "/unlock", bot.RoleViewer, (*Inbox).unlock},
		{"GET", keptAddress, bot.RoleViewer, (*Inbox).keptPage},
		{"POST", keptAddress, bot.RoleViewer, (*Inbox).sendKept},
		{"POST", "/lock", bot.RoleViewer, (*Inbox).lock},
		{"POST", "/account/active", bot.RoleViewer, (*Inbox).active},
		{"GET", "/account", bot.RoleViewer, (*Inbox).accountPage},
		{"POST", "/account/password", bot.RoleViewer, (*Inbox).changePassword},
		{"POST", "/account/totp", bot.RoleViewer, (*Inbox).startTOTP},
		{"GET", "/account/totp.png", bot.RoleViewer, (*Inbox).totpCode},
		{"POST", "/account/totp/confirm", bot.RoleViewer, (*Inbox).confirmTOTP},
		{"POST", "/account/totp/remove", bot.RoleViewer, (*Inbox).removeTOTP},
		{"POST", "/account/passkey/options", bot.RoleViewer, (*Inbox).askForPasskey},
		{"POST", "/account/passkey", bot.RoleViewer, (*Inbox).addPasskey},
		{"POST", "/account/passkey/remove", bot.RoleViewer, (*Inbox).removePasskey},
		{"POST", "/account/sign-out", bot.RoleViewer, (*Inbox).signOutEverywhere},
		{"GET", "/audit", bot.RoleCharge, (*Inbox).auditPage},
		{"POST", "/audit/checkpoint", bot.RoleCharge, (*Inbox).checkpoint},
		{"GET", "/officers", bot.RoleAdmin, (*Inbox).officersPage},
		{"POST", "/officers", bot.RoleAdmin, (*Inbox).addOfficer},
		{"GET", "/officers/{officer}", bot.RoleAdmin, (*Inbox).officerPage},
		{"POST", "/officers/{officer}", bot.RoleAdmin, (*Inbox).changeOfficer},
		{"POST", "/officers/{officer}/password", bot.RoleAdmin, (*Inbox).resetPassword},
		{"POST", "/officers/{officer}/second-factor", bot.RoleAdmin, (*Inbox).removeFactor},
		{"POST", "/officers/{officer}/sign-out", bot.RoleAdmin, (*Inbox).signOutOfficer},
		{"GET", "/thanas", bot.RoleCharge, (*Inbox).thanasPage},
		{"GET", "/settings", bot.RoleAdmin, (*Inbox).settingsPage},
		{"GET", "/health", bot.RoleCharge, (*Inbox).healthPage},
		{"GET", "/link", bot.RoleCharge, (*Inbox).linkPage},
		{"GET", "/link/code.png", bot.RoleCharge, (*Inbox).linkCode},
		{"POST", "/link/start", bot.RoleCharge, (*Inbox).startLinking},
		{"POST", "/link/reconnect", bot.RoleCharge, (*Inbox).reconnect},
		// Cases, search, figures.
		{"GET", "/cases", bot.RoleViewer, (*Inbox).casesPage},
		{"GET", "/cases/export.csv", bot.RoleCharge, (*Inbox).exportCSV},
		{"GET", "/cases/export.xlsx", bot.RoleCharge, (*Inbox).exportXLSX},
		{"GET", "/cases/{case}", bot.RoleViewer, (*Inbox).casePage},
		{"GET", "/cases/{case}/print", bot.RoleOfficer, (*Inbox).printPage},
		{"GET", "/cases/{case}/evidence.zip", bot.RoleCharge, (*Inbox).evidence},
		{"POST", "/cases/{case}/amend", bot.RoleOfficer, (*Inbox).amendCase},
		{"POST", "/cases/{case}/merge", bot.RoleOfficer, (*Inbox).mergeCases},
		{"POST", "/cases/{case}/split", bot.RoleOfficer, (*Inbox).splitCase},
		{"POST", "/cases/{case}/step", bot.RoleOfficer, (*Inbox).tickStep},
		{"GET", "/search", bot.RoleViewer, (*Inbox).searchPage},
		{"GET", "/dashboard", bot.RoleViewer, (*Inbox).dashboardPage},
		{"GET", "/media/{medium}", bot.RoleViewer, (*Inbox).media},
		{"GET", "/conversations/{resident}", bot.RoleViewer, (*Inbox).conversationPage},
		{"POST", "/conversations/{resident}/seen", bot.RoleOfficer, (*Inbox).seen},
		{"POST", "/conversations/{resident}/claim", bot.RoleOfficer, (*Inbox).claim},
		{"POST", "/conversations/{resident}/reply", bot.RoleOfficer, (*Inbox).reply},
		{"POST", "/conversations/{resident}/note", bot.RoleOfficer, (*Inbox).note},
		{"POST", "/conversations/{resident}/close", bot.RoleOfficer, (*Inbox).closeConversation},
		{"POST", "/conversations/{resident}/confirm-identity", bot.RoleOfficer, (*Inbox).confirmIdentity},
		{"GET", "/conversations/{resident}/number", bot.RoleViewer, (*Inbox).reveal},
		{"POST", "/conversations/{resident}/take-over", bot.RoleCharge, (*Inbox).takeOver},

		{"POST", "/conversations/{resident}/undo", bot.RoleOfficer, (*Inbox).undo},
		{"POST", "/conversations/{resident}/reveal", bot.RoleOfficer, (*Inbox).unveil},
		{"GET", "/media/{medium}/sound.caf", bot.RoleViewer, (*Inbox).soundForSafari},
		{"GET", "/media/{medium}/release", bot.RoleCharge, (*Inbox).releasePage},
		{"POST", "/media/{medium}/release", bot.RoleCharge, (*Inbox).release},
		{"POST", "/conversations/{resident}/draft", bot.RoleOfficer, (*Inbox).saveDraft},
		{"POST", "/conversations/{resident}/transfer", bot.RoleOfficer, (*Inbox).transfer},
		{"POST", "/conversations/{resident}/transfer/accept", bot.RoleOfficer, (*Inbox).acceptTransfer},
		{"POST", "/conversations/{resident}/transfer/end", bot.RoleOfficer, (*Inbox).endTransfer},
		{"GET", "/handover", bot.RoleOfficer, (*Inbox).handoverPage},
		{"POST", "/handover", bot.RoleOfficer, (*Inbox).handover},
		{"GET", "/replies", bot.RoleCharge, (*Inbox).readyPage},
		{"POST", "/replies", bot.RoleCharge, (*Inbox).saveReady},
		{"POST", "/replies/{reply}/remove", bot.RoleCharge, (*Inbox).removeReady},
	}
}
