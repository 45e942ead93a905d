-- Lets go of trails, as they were read. Of one that was touched meanwhile (news came, or somebody
-- else took it) nothing changes: whoever comes for it finds it whole.
-- KEYS 1 their ids by time, then the trails. ARGV 1 until when they were taken, then for each its id, and when it is
-- looked at again; '' if it is over.
for i = 2, #KEYS do
  local id, again = ARGV[2 * i - 2], ARGV[2 * i - 1]
  if tonumber(redis.call('ZSCORE', KEYS[1], id) or 0) == tonumber(ARGV[1]) then
    if again == '' then
      redis.call('ZREM', KEYS[1], id)
      redis.call('DEL', KEYS[i])
    else
      redis.call('ZADD', KEYS[1], again, id)
    end
  end
end
return 1
