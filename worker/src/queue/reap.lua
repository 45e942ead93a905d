-- Takes back the jobs of workers that no longer extend their leases, 100 at most.
-- ARGV 1 dead letters at most, 2 their age at most (ms), 3 lost solo deliveries that make a job poison.
-- Returns {number of leases that ended, bytes of the jobs that are poison}.

-- No clock of ours writes such times: the server's went back, or another server, whose clock is behind, took over. Without
-- this, leases and waits would last for so much longer. 100 of each a call. A worker that lives extends its lease, which
-- is half of this at most, within a third of it.
local longest_lease = 60000
for _, id in ipairs(redis.call('ZRANGEBYSCORE', leases, '(' .. now + longest_lease, '+inf', 'LIMIT', 0, 100)) do
  redis.call('ZADD', leases, now + longest_lease, id)
end
-- No mail waits for more than half of a code's ten minutes, no webhook for more than twelve hours (backoff.rs).
local longest_mail, longest_webhook = 600000, 46800000
local far = redis.call('ZRANGEBYSCORE', delayed, '(' .. now + longest_mail, '+inf', 'WITHSCORES', 'LIMIT', 0, 100)
for i = 1, #far, 2 do
  local about = recall(far[i])
  if about and about.class == 'webhook' and tonumber(far[i + 1]) <= now + longest_webhook then
    -- Version 0.1 has one set for all that waits.
    redis.call('ZADD', delayed_webhook, far[i + 1], far[i])
    redis.call('ZREM', delayed, far[i])
  else
    redis.call('ZADD', delayed, now, far[i])
  end
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', delayed_webhook, '(' .. now + longest_webhook, '+inf', 'LIMIT', 0, 100)) do
  redis.call('ZADD', delayed_webhook, now, id)
end

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
