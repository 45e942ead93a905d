-- Gives dead letters another life, with all their attempts. ARGV: ids, 64 at most. Returns 1 or 0 for each.
local answer, back = {}, 0
for i = 1, math.min(#ARGV, 64) do
  local id = ARGV[i]
  local about = redis.call('ZSCORE', dead, id) and recall(id)
  if about then
    about.attempts, about.lost, about.solo, about.reason = 0, 0, false, nil
    save(id, about)
    redis.call('ZADD', set_of(about), now, id)
    redis.call('ZREM', dead, id)
    ring()
    back = back + 1
  end
  answer[i] = about and 1 or 0
end
count('redriven', back)
return answer
