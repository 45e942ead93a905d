-- Takes back the jobs of workers that no longer extend their leases, 100 at most.
-- ARGV 1 dead letters at most, 2 their age at most (ms), 3 lost solo deliveries that make a job poison.
-- Returns {number of leases that ended, bytes of the jobs that are poison}.
local poisoned = {}
local over = redis.call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, 100)
for _, id in ipairs(over) do
  local about = recall(id) or recover(id)
  if about and redis.call('HEXISTS', held, id) == 0 then
    lose(id)
  elseif about then
    -- The first loss proves nothing: any job of that worker may have killed it. From then on it runs alone.
    if about.solo then about.lost = about.lost + 1 end
    if about.lost >= tonumber(ARGV[3]) then
      to_dead(id, about, 'poison')
      poisoned[#poisoned + 1] = redis.call('HGET', held, id)
    else
      about.solo, about.claim, about.reason = true, nil, 'lease_lost'
      save(id, about)
      redis.call('ZADD', set_of(about), now, id)
      ring()
    end
  end
  redis.call('ZREM', leases, id)
end
count('reaped', #over)
count('buried', #poisoned)
trim_dead(tonumber(ARGV[1]), tonumber(ARGV[2]))
return { #over, poisoned }
