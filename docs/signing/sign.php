<?php
// sign($secret, 'web', time() + 3600, 'p/chair.jpg', ['width' => 800, 'format' => 'webp'])
// gives path and query; put 'https://' and the host before it. Parameters by their full names, in the order of the table
// in docs/url.md, each value in its one spelling: 16-9, ffffff, 0.30_0.75, 2 not 2.0 or 02.
function sign(string $secret, string $kid, int $exp, string $key, array $parameters): string
{
    $percent = fn ($text) => str_replace('%2F', '/', rawurlencode((string) $text));
    $tilde = fn ($text) => strtr($percent($text), ['~' => '~7E', '%' => '~']);
    $join = fn ($pairs, $encode) => implode('&', array_map(
        fn ($name, $value) => $name . '=' . $encode($value), array_keys($pairs), $pairs));

    $text = implode("\n", ['fovea1', $tilde($key), $join($parameters, $tilde), $exp, $kid]);
    $digest = hash_hmac('sha256', $text, $secret, true);
    $sig = rtrim(strtr(base64_encode($digest), '+/', '-_'), '=');
    return '/' . $percent($key) . '?' . $join($parameters + ['exp' => $exp, 'kid' => $kid, 'sig' => $sig], $percent);
}
