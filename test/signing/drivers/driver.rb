# Prints the URL of each vector of standard input: secret, kid, exp, key, names and values, between tabs.
require "#{ARGV[0]}/sign.rb"

$stdin.set_encoding('UTF-8')
$stdin.each_line(chomp: true) do |line|
  secret, kid, exp, key, *rest = line.split("\t")
  puts sign(secret, kid, exp.to_i, key, rest.each_slice(2).to_h.transform_keys(&:to_sym))
end
