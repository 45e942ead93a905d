-- Gives dead letters another life, with all their attempts. ARGV: ids, 64 at most. Returns for each 1, 0 if it is not
-- dead, or 2 if its time is over: such a job stays where it is, for it would be discarded unseen.
local answer, back = {}, 0
for i = 1, math.min(#ARGV, 64) do
  local id = ARGV[i]
  local about = redis.call('ZSCORE', dead, id) and recall(id)
  if about and is_expired(about, now) then
    answer[i] = 2
  elseif about then
    about.attempts, about.lost, about.solo, about.reason = 0, 0, false, nil
    save(id, about)
    redis.call('ZADD', set_of(about), now, id)
    redis.call('ZREM', dead, id)
    ring()
    back = back + 1
    answer[i] = 1
  else
    answer[i] = 0
  end
end
count('redriven', back)
return answer
