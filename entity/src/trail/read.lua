#!lua flags=no-writes
-- Reads trails. KEYS: theirs. Returns the fields of each, name and value in turns; none of one that is gone.
local trails = {}
for i, key in ipairs(KEYS) do
  trails[i] = redis.call('HGETALL', key)
end
return trails
