-- Remembers that a mail of this challenge was accepted by the mail server, and has the audit trail tell of it soon. It
-- must not bring a gone one back. ARGV 1 the mail's number, 2 the challenge's id, 3 what the trail calls such a mail.
local challenge, trail, closing = unpack(KEYS)
local mail_no, id, mailed = ARGV[1], ARGV[2], ARGV[3]
note(trail, mailed .. ':' .. mail_no, whole(now))
redis.call('ZADD', closing, 'XX', whole(now), id)
if redis.call('EXISTS', challenge) == 0 then
  return 0
end
redis.call('HSET', challenge, 'sent:' .. mail_no, 1)
return 1
