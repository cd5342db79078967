// Prints the URL of each vector of standard input: secret, kid, exp, key, names and values, between tabs.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"

	"vectors/signing"
)

func main() {
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		fields := strings.Split(lines.Text(), "\t")
		exp, err := strconv.ParseInt(fields[2], 10, 64)
		if err != nil {
			panic(err)
		}
		var parameters [][2]string
		for at := 4; at < len(fields); at += 2 {
			parameters = append(parameters, [2]string{fields[at], fields[at+1]})
		}
		fmt.Println(signing.Sign(fields[0], fields[1], exp, fields[3], parameters))
	}
}
