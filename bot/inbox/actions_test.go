package inbox_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Whatever the program writes into the audit is told in words: the constants by
// whose names actions go, and those that stand in an entry itself.
func TestEveryActionOfTheAuditHasWords(t *testing.T) {
	constant := regexp.MustCompile(`(?m)^\s*(?:const )?(?:action|Action|audit)[A-Z]\w*\s*=\s*"([a-z_]+)"`)
	entry := regexp.MustCompile(`AuditEntry\{[^}]*?Action:\s*(?:"([a-z_]+)"|([\w.]+))`)
	named := regexp.MustCompile(`^(evidence\.)?(action|Action|audit)[A-Z]?\w*$|^\w+\.Action$`)
	hi, en := words(t, "hi"), words(t, "en")
	written := map[string]bool{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "storetest") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, found := range constant.FindAllStringSubmatch(string(source), -1) {
			written[found[1]] = true
		}
		for _, found := range entry.FindAllStringSubmatch(string(source), -1) {
			if found[1] != "" {
				written[found[1]] = true
			} else {
				assert.Regexp(t, named, found[2], "%s: an action whose words cannot be looked for", path)
			}
		}
		return err
	})
	require.NoError(t, err)
	assert.Greater(t, len(written), 40)
	for action := range written {
		assert.Contains(t, en, "action."+action)
		assert.Contains(t, hi, "action."+action)
	}
}
