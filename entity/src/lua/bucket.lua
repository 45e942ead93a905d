-- A token bucket (GCRA): `burst` at once, then one every `interval` milliseconds. Answers the milliseconds to wait,
-- 0 if it may pass. Only what passes is counted.
local function wait_for_bucket(key, interval, burst)
  local full_at = math.max(tonumber(redis.call('GET', key) or 0), now)
  local room_at = full_at - interval * (burst - 1)
  if room_at > now then
    return room_at - now
  end
  local next_full = full_at + interval
  redis.call('SET', key, whole(next_full), 'PX', whole(next_full - now))
  return 0
end
