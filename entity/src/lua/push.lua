-- Puts an outbox job on its list, unless that was done within the hour and it may still wait there: a list that is
-- served slowly must not grow by copies. Answers whether it was put there.
local function push(list, pushed, job)
  if not redis.call('SET', pushed, '', 'NX', 'PX', 3600000) then
    return false
  end
  redis.call('LPUSH', list, job)
  return true
end
