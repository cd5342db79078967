// Package signing signs URLs: Sign(secret, "web", time.Now().Unix()+3600, "p/chair.jpg", [][2]string{{"width", "800"}})
// gives path and query; put "https://" and the host before it. Parameters by their full names, in the order of the table
// in docs/url.md, each value in its one spelling: 16-9, ffffff, 0.30_0.75, 2 not 2.0 or 02.
package signing

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
)

func Sign(secret, kid string, exp int64, key string, parameters [][2]string) string {
	var signed, query []string
	for _, pair := range parameters {
		signed = append(signed, pair[0]+"="+tilde(pair[1]))
		query = append(query, pair[0]+"="+percent(pair[1])+"&")
	}
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "fovea1\n%s\n%s\n%d\n%s", tilde(key), strings.Join(signed, "&"), exp, kid)
	sig := base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
	return fmt.Sprintf("/%s?%sexp=%d&kid=%s&sig=%s", percent(key), strings.Join(query, ""), exp, kid, sig)
}

func percent(text string) string {
	return strings.NewReplacer("+", "%20", "%2F", "/").Replace(url.QueryEscape(text))
}

func tilde(text string) string {
	return strings.NewReplacer("~", "~7E", "%", "~").Replace(percent(text))
}
