"""The compose files: well formed, and each name in them leads to something."""

import pathlib
import re
import unittest

import yaml

import compose_file

DOCKERFILE = (compose_file.DOCKER / "Dockerfile").read_text(encoding="utf-8")
DOORS = {"7443", "7480"}  # those of the daemon; every other one is for this machine alone


def stage(name):
    """The lines of one stage of the Dockerfile."""
    return re.search(rf"^FROM \S+ AS {name}\n(.*?)(?=^FROM |\Z)", DOCKERFILE, re.DOTALL | re.MULTILINE
                     ).group(1)


class ComposeTest(unittest.TestCase):

    def each(self):
        """(all, name, service) of the centre and of the demonstration."""
        for names in (("compose.yaml",), ("compose.yaml", "demo.yaml")):
            whole = compose_file.resolved(*names)
            for name, service in whole["services"].items():
                yield whole, name, service

    def test_a_mistake_is_found(self):
        with self.assertRaises(ValueError):
            compose_file.resolved("compose.yaml", IOC_HTTP_PORT="no port")

    def test_no_service_may_more_than_it_needs(self):
        for _, name, service in self.each():
            self.assertTrue(service["read_only"], name)
            self.assertEqual(service["cap_drop"], ["ALL"], name)
            self.assertEqual(service.get("cap_add", []), ["CHOWN"] if name == "setup" else [],
                             name)
            self.assertEqual(service["security_opt"], ["no-new-privileges:true"], name)
            self.assertNotIn("privileged", service)

    def test_only_the_doors_of_the_daemon_are_open_to_the_network(self):
        open_to_all = set()
        for _, _, service in self.each():
            for port in service.get("ports", []):
                host, _, inside = re.fullmatch(r"([\d.]+):(\d+):(\d+)/tcp", port).groups()
                if host != "127.0.0.1":
                    open_to_all.add(inside)
        self.assertEqual(open_to_all, DOORS)

    def test_what_is_mounted_is_there_and_writable_only_where_it_is_data(self):
        used = set()
        for whole, _, service in self.each():
            for source, _, read_only in compose_file.mounts(service):
                if source.startswith("/"):
                    self.assertTrue(pathlib.Path(source).is_dir(), f"{source} is no directory")
                    self.assertTrue(read_only, source)
                else:
                    self.assertIn(source, whole["volumes"])
                    used.add(source)
        self.assertEqual(used, set(compose_file.resolved("compose.yaml", "demo.yaml")["volumes"]))

    def test_secrets_come_from_setup_and_go_to_whom_they_concern(self):
        for whole, name, service in self.each():
            made = {source for source, path, _ in compose_file.mounts(whole["services"]["setup"])
                    if path.startswith("/out/")}
            for source, _, read_only in compose_file.mounts(service):
                if source.endswith("-secrets") and name != "setup":
                    self.assertIn(source, made)
                    self.assertTrue(read_only, name)
            self.assertEqual("authority" in {s for s, _, _ in compose_file.mounts(service)},
                             name == "setup")
            waits_for = service.get("depends_on", {})
            if any(source.endswith("-secrets") for source, _, _ in compose_file.mounts(service)) \
                    and name not in ("setup", "operator"):
                self.assertTrue({"setup", "iocd"} & set(waits_for), f"{name} starts before its secrets")

    def test_the_operator_s_token_is_the_operator_s_alone(self):
        for _, name, service in self.each():
            self.assertEqual("operator-secrets" in {s for s, _, _ in compose_file.mounts(service)},
                             name in ("setup", "operator"), name)

    def test_images_are_of_one_version_and_ours_are_built(self):
        for _, _, service in self.each():
            tag = service["image"].rsplit(":", 1)[1]
            if "/" in service["image"]:
                self.assertRegex(tag, r"^v?\d+\.\d+\.\d+$")
            elif "build" in service:
                self.assertIn(f" AS {service['build']['target']}\n", DOCKERFILE)

    def test_nobody_asks_a_registry_for_an_image_of_ours(self):
        for name in ("compose.yaml", "demo.yaml"):  # as written: docker-compose leaves the key out
            text = (compose_file.DOCKER / name).read_text(encoding="utf-8")
            for service in yaml.safe_load(text)["services"].values():
                if "/" not in service.get("image", "/") and "build" not in service:
                    self.assertEqual(service["pull_policy"], "never", service)

    def test_services_that_stay_have_a_health_check_and_come_back(self):
        for _, name, service in self.each():
            if name in ("setup", "operator", "figures"):
                self.assertEqual(service["restart"], "no")
                continue
            self.assertEqual(service["restart"], "unless-stopped")
            if name not in ("iocd", "iocsim"):  # of the image; sends and is asked nothing
                self.assertEqual(service["healthcheck"]["test"][0], "CMD")
        self.assertIn("\nHEALTHCHECK ", stage("iocd"))

    def test_who_waits_for_health_waits_for_a_service_that_has_it(self):
        for whole, _, service in self.each():
            for other, how in service.get("depends_on", {}).items():
                finishes = whole["services"][other]["restart"] == "no"
                self.assertEqual(how["condition"] == "service_completed_successfully", finishes)

    def test_the_daemon_s_configurations_name_what_is_mounted(self):
        for *names, file in (("compose.yaml", "iocd.yaml"), ("compose.yaml", "demo.yaml", "demo.yaml")):
            daemon = compose_file.resolved(*names)["services"]["iocd"]
            text = (compose_file.ROOT / "config/container" / file).read_text(encoding="utf-8")
            told = yaml.safe_load(text)
            inside = {path for _, path, _ in compose_file.mounts(daemon)}
            paths = [told["data_dir"], told["access"], *told["tls"].values()]
            for path in paths:
                self.assertIn(str(pathlib.Path(path).parent), inside)
            self.assertIn(f"/etc/iocd/container/{file}", daemon.get("command") or DOCKERFILE)

    def test_what_grafana_is_told_of_is_mounted(self):
        grafana = compose_file.resolved("compose.yaml")["services"]["grafana"]
        inside = {path for _, path, _ in compose_file.mounts(grafana)}
        provisioning = compose_file.ROOT / "config/grafana/provisioning"
        for file in provisioning.glob("dashboards/*.y*ml"):
            for provider in yaml.safe_load(file.read_text(encoding="utf-8"))["providers"]:
                path = pathlib.Path(provider["options"]["path"])
                self.assertTrue({str(path), *map(str, path.parents)} & inside, path)
        text = "".join(file.read_text(encoding="utf-8") for file in provisioning.rglob("*.y*ml"))
        for variable in re.findall(r"\$\{?(\w+)", text):
            self.assertIn(variable, grafana["environment"])

    def test_each_variable_is_told_at_the_head_of_the_file(self):
        text = (compose_file.DOCKER / "compose.yaml").read_text(encoding="utf-8")
        head, _, rest = text.partition("\nname:")
        self.assertEqual(set(re.findall(r"\bIOC_\w+", head)),
                         {name for name in re.findall(r"\$\{(IOC_\w+)", rest)})

    def test_commands_that_are_told_name_the_file_without_which_compose_finds_nothing(self):
        told = [compose_file.ROOT / "README.md", *(compose_file.ROOT / "docs").glob("*.md"),
                *(file for file in compose_file.DOCKER.iterdir() if file.is_file())]
        commands = [command for file in told for command in re.findall(
            r"docker compose +\S+ \S*", file.read_text(encoding="utf-8"))]
        self.assertGreater(len(commands), 5)
        self.assertEqual({c for c in commands if "docker compose -f docker/compose.yaml" not in c}, set())

    def test_what_the_images_are_made_of_goes_to_the_builder(self):
        allowed = {line[1:] for line in (compose_file.DOCKER / "Dockerfile.dockerignore")
                   .read_text(encoding="utf-8").splitlines() if line.startswith("!")}
        copied = {source for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE)
                  for source in line.split()[:-1]}
        self.assertEqual(copied, allowed)


if __name__ == "__main__":
    unittest.main()
