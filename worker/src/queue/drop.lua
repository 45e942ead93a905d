-- Forgets jobs that are dead or delayed; one that a worker holds is left to it. ARGV: ids, 64 at most.
-- Returns 1 or 0 for each.
local answer, dropped = {}, 0
for i = 1, math.min(#ARGV, 64) do
  local id = ARGV[i]
  local mine = redis.call('ZSCORE', dead, id) or redis.call('ZSCORE', delayed, id)
    or redis.call('ZSCORE', delayed_webhook, id)
  if mine then
    forget(id)
    redis.call('ZREM', dead, id)
    redis.call('ZREM', delayed, id)
    redis.call('ZREM', delayed_webhook, id)
    dropped = dropped + 1
  end
  answer[i] = mine and 1 or 0
end
count('dropped', dropped)
return answer
