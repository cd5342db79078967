# sign(secret, 'web', Time.now.to_i + 3600, 'p/chair.jpg', { width: 800, format: 'webp' })
# gives path and query; put 'https://' and the host before it. Parameters by their full names, in the order of the table
# in docs/url.md, each value in its one spelling: 16-9, ffffff, 0.30_0.75, 2 not 2.0 or 02.
require 'erb'
require 'openssl'

def sign(secret, kid, exp, key, parameters)
  percent = ->(text) { ERB::Util.url_encode(text).gsub('%2F', '/') }
  tilde = ->(text) { percent.(text).gsub('~', '%7E').tr('%', '~') }
  join = ->(pairs, encode) { pairs.map { |name, value| "#{name}=#{encode.(value)}" }.join('&') }

  text = ['fovea1', tilde.(key), join.(parameters, tilde), exp, kid].join("\n")
  digest = OpenSSL::HMAC.digest('SHA256', secret, text)
  sig = [digest].pack('m0').tr('+/', '-_').delete('=')
  "/#{percent.(key)}?#{join.({ **parameters, exp: exp, kid: kid, sig: sig }, percent)}"
end
