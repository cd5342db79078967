# Prints the URL of each vector of standard input: secret, kid, exp, key, names and values, between tabs.
import io
import sys

sys.path.insert(0, sys.argv[1])
from sign import sign

for line in io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="\n"):
    secret, kid, exp, key, *rest = line.rstrip("\n").split("\t")
    print(sign(secret, kid, int(exp), key, dict(zip(rest[::2], rest[1::2]))))
