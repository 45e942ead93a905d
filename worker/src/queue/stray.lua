#!lua flags=no-writes
-- Where an id is, at one moment. KEYS 1..4 the sets, 5 and 6 the hashes. ARGV 1 the id. Returns 1 or 0 for each.
local answer = {}
for i = 1, 4 do answer[i] = redis.call('ZSCORE', KEYS[i], ARGV[1]) and 1 or 0 end
for i = 5, 6 do answer[i] = redis.call('HEXISTS', KEYS[i], ARGV[1]) end
return answer
