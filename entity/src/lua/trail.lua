-- Writes into the trail of a challenge, if there is one: a write must not make one that has no end. Tells whether there is.
local function note(trail, ...)
  if redis.call('EXISTS', trail) == 0 then
    return false
  end
  redis.call('HSET', trail, ...)
  return true
end

-- The same for what is counted: how often, and who it was the last time.
local function note_again(trail, name, seen)
  if redis.call('EXISTS', trail) == 0 then
    return false
  end
  redis.call('HINCRBY', trail, name, 1)
  redis.call('HSET', trail, name .. '_last', seen)
  return true
end
