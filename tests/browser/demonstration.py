"""The demonstration, standing still: what every picture and every check of the whole wall shows."""

import subprocess

import centre


def start(folder):
    """A daemon with a month of simulated data and the published figures. It hears nothing more, so that
    what it shows changes with the clock alone."""
    daemon = centre.Daemon(folder, centre.ROOT / "config/demo/iocd.yaml", ("--demo",)).start()
    try:
        imported = daemon.iocctl("import", centre.ROOT / "config/son_la_2024/figures.tsv")
        if imported.returncode != 0:
            raise AssertionError(imported.stderr)
        subprocess.run([centre.BIN / "iocsim", "departments", "--target", daemon.grpc, "--once",
                        "--scenario", centre.ROOT / "config/demo/scenario.yaml"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except BaseException:
        daemon.kill()
        raise
    return daemon
