package evidence

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// maxManifest is how many bytes a manifest may have.
const maxManifest = 64 << 20

// A Report is what Verify found.
type Report struct {
	Case     string   // its number
	Manifest string   // the SHA-256 of the manifest
	Files    int      // that are as the manifest says
	Bytes    int64    // of them
	Faults   []string // what is not; none means that the file is whole
}

// Verify reads a file of evidence and compares each file in it with the
// manifest. The error says that it is no such file at all.
func Verify(r io.ReaderAt, size int64) (Report, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return Report{}, fmt.Errorf("this is no whole file of evidence: %w", err)
	}
	var report Report
	manifest, err := readManifest(archive, &report)
	if err != nil {
		return Report{}, err
	}
	report.Case = manifest.Case
	listed := map[string]Entry{}
	for _, e := range manifest.Files {
		if _, twice := listed[e.Name]; twice {
			report.fault("%s stands in the manifest twice", e.Name)
		}
		listed[e.Name] = e
		if e.Damaged {
			report.fault("%s was damaged before this file was made: it was kept with SHA-256 %s", e.Name, e.Kept)
		}
	}
	seen := map[string]bool{}
	for _, f := range archive.File {
		if seen[f.Name] {
			report.fault("%s stands in the file twice", f.Name)
		}
		seen[f.Name] = true
		if f.Name == ManifestFile {
			continue
		}
		entry, ok := listed[f.Name]
		if !ok {
			report.fault("%s was added: the manifest does not have it", f.Name)
			continue
		}
		report.check(f, entry)
	}
	for _, e := range manifest.Files {
		if !seen[e.Name] {
			report.fault("%s is missing", e.Name)
		}
	}
	slices.Sort(report.Faults)
	return report, nil
}

func (r *Report) fault(format string, args ...any) {
	r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
}

// check compares one file with its entry. It reads no more than the entry says,
// so that a file that swells does not fill anything.
func (r *Report) check(f *zip.File, e Entry) {
	in, err := f.Open()
	if err != nil {
		r.fault("%s cannot be read: %v", f.Name, err)
		return
	}
	defer in.Close() //nolint:errcheck // read only
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(in, e.Size+1))
	switch {
	case err != nil:
		r.fault("%s cannot be read: %v", f.Name, err)
	case n != e.Size:
		r.fault("%s has another size than the manifest says", f.Name)
	case hex.EncodeToString(sum.Sum(nil)) != e.SHA256:
		r.fault("%s was changed", f.Name)
	default:
		r.Files++
		r.Bytes += n
	}
}

func readManifest(archive *zip.Reader, report *Report) (Manifest, error) {
	var manifest Manifest
	in, err := archive.Open(ManifestFile)
	if err != nil {
		return manifest, fmt.Errorf("this is no file of evidence, it has no %s: %w", ManifestFile, err)
	}
	defer in.Close() //nolint:errcheck // read only
	data, err := io.ReadAll(io.LimitReader(in, maxManifest))
	if err != nil {
		return manifest, fmt.Errorf("read the manifest: %w", err)
	}
	sum := sha256.Sum256(data)
	report.Manifest = hex.EncodeToString(sum[:])
	if err := json.Unmarshal(data, &manifest); err != nil {
		return manifest, fmt.Errorf("read the manifest: %w", err)
	}
	if manifest.Format != Format {
		return manifest, fmt.Errorf("the manifest has format %d; this program reads %d: use a newer one", manifest.Format, Format)
	}
	return manifest, nil
}
