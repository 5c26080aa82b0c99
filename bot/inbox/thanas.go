package inbox

import (
	"fmt"
	"net/http"

	"mitan/bot"
	"mitan/locales"
)

type thanasPage struct {
	framed
	Rows  []thanaRow
	Whole int      // officers of the whole unit
	Lost  []string // thanas of officers that the settings do not name any more
	File  string
}

type thanaRow struct {
	Hi, En   string
	Officers int
	Charge   []string // names of those in charge
}

// thanasPage shows the thanas that mitan.toml names, with their officers.
func (in *Inbox) thanasPage(w http.ResponseWriter, r *http.Request, v visit) error {
	around, err := in.framed(r, v, "thanas.title")
	if err != nil {
		return err
	}
	data := thanasPage{framed: around, File: bot.UnitFile}
	officers, err := in.store.Officers(r.Context())
	if err != nil {
		return fmt.Errorf("read the officers: %w", err)
	}
	at := map[string]int{}
	for i, t := range in.unit.Thanas {
		at[t.En] = i
		data.Rows = append(data.Rows, thanaRow{Hi: t.Name(locales.Hindi), En: t.Name(locales.English)})
	}
	lost := map[string]bool{}
	for _, o := range officers {
		i, known := at[o.Thana]
		switch {
		case o.Disabled:
		case o.Thana == "":
			data.Whole++
		case !known && !lost[o.Thana]:
			lost[o.Thana] = true
			data.Lost = append(data.Lost, plain(o.Thana))
		case known:
			data.Rows[i].Officers++
			if o.Role == bot.RoleCharge {
				data.Rows[i].Charge = append(data.Rows[i].Charge, plain(o.Name))
			}
		}
	}
	return in.views.render(w, http.StatusOK, v.lang, "thanas", data)
}
