import type { Client } from "@rekey/client";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Settings } from "./settings";
import type { Strength } from "./strength/client";

/** What every screen works with. */
export interface Services {
  readonly settings: Settings;
  readonly client: Client;
  readonly strength: Strength;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error("rendered without services");
  return services;
}
