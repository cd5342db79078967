<?php
// Prints the URL of each vector of standard input: secret, kid, exp, key, names and values, between tabs.
error_reporting(E_ALL);
set_error_handler(fn ($level, $message) => throw new ErrorException($message));
require $argv[1] . '/sign.php';

while (($line = fgets(STDIN)) !== false) {
    [$secret, $kid, $exp, $key] = $rest = explode("\t", rtrim($line, "\n"));
    $parameters = [];
    foreach (array_chunk(array_slice($rest, 4), 2) as [$name, $value]) $parameters[$name] = $value;
    echo sign($secret, $kid, (int) $exp, $key, $parameters), "\n";
}
