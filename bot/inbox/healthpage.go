package inbox

import (
	"fmt"
	"net/http"
	"time"

	"mitan/bot"
)

const (
	// diskLow is how much of the disk must be free before it is called too little.
	diskLow = 0.1
	// backupOld is after how long a backup is called old.
	backupOld = 36 * time.Hour
	// mediaMany and repliesMany are how many that wait are a matter to look at.
	mediaMany, repliesMany = 20, 20
)

// A Machine is what is known of the machine that the helpline runs on.
type Machine struct {
	Version  string // of mitan
	Go       string
	SQLite   string
	Free     int64 // bytes on the disk of the data folder
	Disk     int64 // bytes of that disk in all; 0 if unknown
	Database int64 // bytes
	Media    int64 // bytes of pictures, recordings and files
	Backup   time.Time
}

type healthPage struct {
	framed
	Checks   []check
	Versions []setting
	Up       moment // since when the program runs
}

// A check is one matter of the helpline's health.
type check struct {
	Key   string // of words: "health.KEY"
	Tone  string // good, wait or bad
	Value string // a number, or ""
	When  *moment
	Word  string // a key of words, or ""
	State bot.LinkState
}

// healthPage says how the link, the outbox, the disk, the files, the audit and
// the backup are.
func (in *Inbox) healthPage(w http.ResponseWriter, r *http.Request, v visit) error {
	around, err := in.framed(r, v, "health.title")
	if err != nil {
		return err
	}
	ctx, now := r.Context(), in.clock.Now()
	data := healthPage{framed: around, Up: *momentOf(in.started, now)}
	data.Again = linkReload
	backlog, err := in.store.Backlog(ctx)
	if err != nil {
		return fmt.Errorf("count the backlog: %w", err)
	}
	late, err := in.store.Undelivered(ctx, now.Add(-linkLate))
	if err != nil {
		return fmt.Errorf("count what has reached no phone: %w", err)
	}
	if in.link != nil {
		link := in.link.Link()
		data.Checks = append(data.Checks, check{Key: "link", Tone: toneOf(link.State), State: link.State, When: momentOf(link.Since, now)})
	}
	data.Checks = append(data.Checks,
		counted("replies", backlog.Replies, repliesMany), counted("late", late, 0),
		check{Key: "bulk", Tone: "good", Value: fmt.Sprint(backlog.Bulk)}, counted("media", backlog.Media, mediaMany))
	chain := in.chain(r, now)
	data.Checks = append(data.Checks, chainCheck(chain))
	if in.machine != nil {
		m := in.machine()
		data.Checks = append(data.Checks, machineChecks(m, now)...)
		data.Versions = []setting{{"mitan", m.Version}, {"Go", m.Go}, {"SQLite", m.SQLite}}
	}
	return in.views.render(w, http.StatusOK, v.lang, "health", data)
}

// counted is a check of how many wait: more than many is a matter to look at.
func counted(key string, n, many int) check {
	tone := "good"
	if n > many {
		tone = "wait"
	}
	return check{Key: key, Tone: tone, Value: fmt.Sprint(n)}
}

func chainCheck(c chainView) check {
	switch {
	case c.Failed || c.Broken != 0:
		return check{Key: "audit", Tone: "bad", Word: "health.audit_bad"}
	case c.OtherKeys > 0:
		return check{Key: "audit", Tone: "wait", Word: "health.audit_key"}
	}
	return check{Key: "audit", Tone: "good", Value: fmt.Sprint(c.Rows)}
}

func machineChecks(m Machine, now time.Time) []check {
	checks := []check{}
	if m.Disk > 0 {
		disk := check{Key: "disk", Tone: "good", Value: fileSize(m.Free)}
		if float64(m.Free) < diskLow*float64(m.Disk) {
			disk.Tone, disk.Word = "bad", "health.disk_low"
		}
		checks = append(checks, disk)
	}
	checks = append(checks, check{Key: "database", Tone: "good", Value: fileSize(m.Database)}, check{Key: "files", Tone: "good", Value: fileSize(m.Media)})
	backup := check{Key: "backup", Tone: "good", When: momentOf(m.Backup, now)}
	switch {
	case m.Backup.IsZero():
		backup.Tone, backup.Word = "wait", "health.backup_none"
	case now.Sub(m.Backup) > backupOld:
		backup.Tone, backup.Word = "wait", "health.backup_old"
	}
	return append(checks, backup)
}
